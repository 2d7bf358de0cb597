"""`EXP_ELEVES.xml`: who is in which group. People come from SIECLE: nobody is made from this file."""

from lxml.etree import _Element

from pupitre.directory.names import display_name
from pupitre.integrations.edt.structures import groups_of
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind, MemberRecord, Reading
from pupitre.integrations.exchange.text import read_date, read_ine
from pupitre.integrations.exchange.timetables import Names
from pupitre.integrations.exchange.verdicts import Finding, Rejected
from pupitre.integrations.exchange.xml import child, elements

_TAGS = frozenset({"Eleves", "Elèves", "Eleves_et_leurs_responsables"})


def read_students(opened: Opened) -> Reading:
    """Who is in which groups and parts of classes. Raises Rejected."""
    findings: list[Finding] = []
    names = Names()
    members = [_member(each, names) for each in elements(opened, _TAGS, findings=findings)]
    if not members:
        raise Rejected("Cet export d’EDT ne contient aucun élève. Refaites l’export de la liste des élèves.")
    return Reading(
        kind=Kind.EDT_STUDENTS,
        name=opened.name,
        digest=opened.digest,
        members=[each for each in members if each.groups],
        names=names.all(),
        findings=findings,
    )


def _member(element: _Element, names: Names) -> MemberRecord:
    last, first = child(element, "NOM")[:100], child(element, "PRENOM")[:100]
    written = ", ".join(filter(None, (child(element, "CLASSE"), child(element, "GROUPES"))))
    return MemberRecord(
        label=display_name(last_name=last, usage_name="", first_name=first),
        last_name=last,
        first_name=first,
        birth_date=read_date(child(element, "DATE_NAISS")),
        ine=read_ine(child(element, "N_NATIONAL")),
        groups=groups_of(written, names),
    )
