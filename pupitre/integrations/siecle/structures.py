"""Structures.xml: divisions and groups, the levels they hold, the divisions groups draw on."""

from lxml.etree import _Element

from pupitre.integrations.exchange.records import GroupRecord, Kind, Reading
from pupitre.integrations.exchange.text import clean
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.exchange.xml import attribute, child
from pupitre.integrations.siecle.export import Export

CODE_LENGTH = 20  # characters: SIECLE writes 8 at most, others more
_KINDS = {"DIVISION": "division", "GROUPE": "group"}
_BLOCKS = frozenset({"DIVISIONS", "GROUPES"})
_KNOWN = frozenset(
    {"CODE_STRUCTURE", "LIBELLE_LONG", "CODE_CONTRAT", "CODE_RNE", "MEFS_APPARTENANCE", "DIVISIONS_APPARTENANCE"}
)


def read_structures(export: Export) -> Reading:
    """Divisions and groups, in the order of the file. Raises Rejected when there is no division."""
    groups: dict[str, GroupRecord] = {}
    for element in export.items(_KINDS, blocks=_BLOCKS):
        _add(export, element, groups)
    divisions = {code for code, group in groups.items() if group.kind == "division"}
    export.refuse_if_empty(divisions, "aucune division")
    for group in groups.values():
        for code in group.divisions:
            if code not in divisions:
                told = f"Ce groupe puise dans la division « {code} », qui n’est pas dans le fichier."
                export.tell(
                    Severity.NOTICE, "unknown_division", group.label, told, field="DIVISION_APPARTENANCE", old=code
                )
    return export.reading(Kind.STRUCTURES, groups=list(groups.values()))


def _add(export: Export, element: _Element, groups: dict[str, GroupRecord]) -> None:
    for each in element:
        export.note_tag(str(each.tag), known=each.tag in _KNOWN)
    code = attribute(element, "CODE_STRUCTURE") or child(element, "CODE_STRUCTURE")
    label = (child(element, "LIBELLE_LONG") or code)[:60]
    if not code or len(code) > CODE_LENGTH:
        told = "Cette classe ou ce groupe n’a pas de code, ou il est trop long. Il est laissé de côté."
        export.tell(Severity.QUARANTINE, "bad_code", label or "Structure", told, field="CODE_STRUCTURE", old=code)
        return
    group = GroupRecord(
        code,
        label,
        _KINDS[str(element.tag)],
        divisions=_inside(element, "CODE_STRUCTURE"),
        mefs=_inside(element, "CODE_MEF"),
    )
    held = groups.setdefault(code, group)
    if held != group:
        # The first one stays: divisions come before groups, and pupils sit there.
        told = f"Le code « {code} » est porté par deux classes ou groupes. Le second est laissé de côté."
        export.tell(Severity.QUARANTINE, "same_code", label, told, field="CODE_STRUCTURE", old=code)


def _inside(element: _Element, tag: str) -> tuple[str, ...]:
    """Codes of a list of belongings (…_APPARTENANCE), each once."""
    found = (clean(each.text) for block in element if block.tag != tag for each in block.iter(tag))
    return tuple(dict.fromkeys(code for code in found if code))
