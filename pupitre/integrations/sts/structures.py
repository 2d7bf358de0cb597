"""Divisions, groups and what is taught to them: the part that sts_emp and emp_sts have in common."""

from collections.abc import Iterable

import msgspec
from lxml.etree import _Element

from pupitre.integrations.exchange.records import CourseRecord, GroupRecord
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.exchange.xml import child
from pupitre.integrations.sts.people import staff_key

# What the directory and the timetable hold, in characters.
_GROUP, _LABEL, _SUBJECT, _MODALITY, _ALTERNATION, _CLASSROOM = 20, 60, 6, 4, 10, 40


class Placed(msgspec.Struct, frozen=True):
    """A COURS as it is written: a weekly lesson of a service under one teacher (« » when nobody)."""

    teacher: str
    alternation: str
    weekday: str
    starts: str
    lasts: str
    classroom: str


class Service(msgspec.Struct, frozen=True):
    """A subject taught to a structure. `teachers` are keys of staff, as written, those of vacant posts included."""

    structure: str
    subject: str
    modality: str
    teachers: tuple[str, ...]
    placed: tuple[Placed, ...]


class Structures:
    """Gathers the DIVISION and GROUPE of a file one by one."""

    def __init__(self, *, application: str) -> None:
        self.groups: dict[str, GroupRecord] = {}
        self.services: list[Service] = []
        self.findings: list[Finding] = []
        self._application = application  # where what is wrong can be corrected

    def add(self, element: _Element) -> None:
        """Read one DIVISION or GROUPE with its services; a group written inside its division is read as well."""
        self._add(element)
        for group in element.iter("GROUPE"):
            if group is not element:
                self._add(group)

    def _add(self, element: _Element) -> None:
        code = (element.get("CODE") or "").strip()
        if not code:
            self._quarantine("no_code", "Classe ou groupe sans code", "Cette structure n’a pas de code.")
            return
        if len(code) > _GROUP:
            self._quarantine("bad_code", code[:60], f"Ce code de classe ou de groupe dépasse {_GROUP} caractères.")
            return
        record = self._described(element, code)
        known = self.groups.setdefault(code, record)
        if known.kind != record.kind:
            self._quarantine("same_code", code, "Une classe et un groupe portent le même code.")
            return
        for service in element.iter("SERVICE"):
            if next(service.iterancestors("DIVISION", "GROUPE"), None) is element:
                self._add_service(service, code)

    def _described(self, element: _Element, code: str) -> GroupRecord:
        label = child(element, "LIBELLE_LONG")[:_LABEL] or code
        if element.tag == "DIVISION":
            mefs = [_code(each) for each in element.iter("MEF_APPARTENANCE", "MEF")]
            return GroupRecord(code, label, "division", mefs=_each_once(mefs))
        return GroupRecord(
            code, label, "group", divisions=_each_once(_code(each) for each in element.iter("DIVISION_APPARTENANCE"))
        )

    def _add_service(self, element: _Element, structure: str) -> None:
        subject = (element.get("CODE_MATIERE") or "").strip()
        if not subject:
            self._quarantine("no_subject", structure, "Un enseignement de cette structure n’a pas de matière.")
            return
        if len(subject) > _SUBJECT:
            self._quarantine(
                "bad_code", structure, f"Le code de matière « {subject[:20]} » dépasse {_SUBJECT} caractères."
            )
            return
        service = Service(
            structure,
            subject,
            (element.get("CODE_MOD_COURS") or "").strip()[:_MODALITY],
            _each_once(staff_key(each) for each in element.iter("ENSEIGNANT")),
            tuple(_placed(each) for each in element.iter("COURS")),
        )
        self.services.append(service)

    def _quarantine(self, code: str, record: str, told: str) -> None:
        reason = f"{told} Corrigez cela dans {self._application} puis refaites l’export."
        self.findings.append(Finding(Severity.QUARANTINE, code, record, reason))


def courses_of(services: Iterable[Service], vacant: frozenset[str] = frozenset()) -> list[CourseRecord]:
    """One course for each structure, subject and modality; teachers of services written twice are put together."""
    teachers: dict[tuple[str, str, str], dict[str, None]] = {}
    for service in services:
        taught = teachers.setdefault((service.structure, service.subject, service.modality), {})
        taught.update(dict.fromkeys(key for key in service.teachers if key not in vacant))
    return [CourseRecord(*course, tuple(taught)) for course, taught in teachers.items()]


def _placed(element: _Element) -> Placed:
    teacher = next(element.iterancestors("ENSEIGNANT"), None)
    return Placed(
        staff_key(teacher) if teacher is not None else "",
        child(element, "CODE_ALTERNANCE")[:_ALTERNATION],
        child(element, "JOUR"),
        child(element, "HEURE_DEBUT"),
        child(element, "DUREE"),
        child(element, "CODE_SALLE")[:_CLASSROOM],
    )


def _code(element: _Element) -> str:
    return (element.get("CODE") or "").strip()


def _each_once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))
