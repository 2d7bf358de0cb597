"""sts_emp (root STS_EDT), from STSWeb: who works in the school and teaches what to whom."""

from lxml.etree import _Element

from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind, ProgrammeRecord, Reading, SchoolRecord, SubjectRecord
from pupitre.integrations.exchange.text import read_date, read_stat
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.exchange.xml import child, elements
from pupitre.integrations.sts.parameters import required, school_uai, school_year
from pupitre.integrations.sts.people import StaffReader
from pupitre.integrations.sts.structures import Service, Structures, courses_of

ROOT = "STS_EDT"
_MEF, _SUBJECT = 11, 6  # characters
_READ = frozenset({"UAJ", "ANNEE_SCOLAIRE", "MATIERE", "MEF", "INDIVIDU", "DIVISION", "GROUPE"})


def read_staff_file(opened: Opened, *, uai: str) -> Reading:
    """Staff, structures, courses, nomenclatures. Raises Rejected. `uai`: the school whose local ids these are."""
    reader = _StaffFile(uai=uai)
    for element in elements(opened, _READ, findings=reader.findings):
        reader.add(element)
    return reader.reading(opened)


class _StaffFile:
    def __init__(self, *, uai: str) -> None:
        self.findings: list[Finding] = []
        self._said_uai = ""
        self._year: int | None = None
        self._school: dict[str, str] = {}
        self._dates: tuple[str, str] = ("", "")
        self._subjects: dict[str, SubjectRecord] = {}
        self._programmes: dict[str, ProgrammeRecord] = {}
        self._people = StaffReader(uai=uai)
        self._structures = Structures(application="STSWeb")

    def add(self, element: _Element) -> None:
        match element.tag:
            case "UAJ":
                self._said_uai = school_uai(element)
                self._school = _school(element)
            case "ANNEE_SCOLAIRE":
                self._year = school_year(element)
                self._dates = (child(element, "DATE_DEBUT"), child(element, "DATE_FIN"))
            case "MATIERE":
                self._add_subject(element)
            case "MEF":
                self._add_programme(element)
            case "INDIVIDU":
                self._people.add(element)
            case _:
                self._structures.add(element)

    def reading(self, opened: Opened) -> Reading:
        staff = self._people.everybody(self._school.get("academy", ""))
        known = {record.key for record in staff} | self._people.vacant
        unknown = [finding for service in self._structures.services for finding in self._strangers(service, known)]
        # Those who share an id keep what they teach: whoever bears it here already goes on.
        unsure = {f"{each.source.removeprefix('sts_')}:{each.value}" for each in self._people.aside}
        left_aside = {key for service in self._structures.services for key in service.teachers} - known - unsure
        starts_on, ends_on = (read_date(each) for each in self._dates)
        return Reading(
            kind=Kind.STAFF,
            name=opened.name,
            digest=opened.digest,
            uai=required(self._said_uai),
            year=self._year,
            school=SchoolRecord(**self._school, starts_on=starts_on, ends_on=ends_on),
            programmes=list(self._programmes.values()),
            subjects=list(self._subjects.values()),
            groups=list(self._structures.groups.values()),
            staff=staff,
            courses=courses_of(self._structures.services, frozenset(self._people.vacant | left_aside)),
            aside=list(dict.fromkeys(self._people.aside)),
            is_whole=self._people.is_whole,
            findings=[*self.findings, *self._people.findings, *self._structures.findings, *unknown],
        )

    def _strangers(self, service: Service, known: set[str]) -> list[Finding]:
        """Teachers of a service who are not among the staff of the file: the course stays, without them."""
        subject = self._subjects.get(service.subject)
        record = f"{subject.label if subject else service.subject}, {service.structure}"
        return [
            Finding(
                Severity.NOTICE,
                "unknown_teacher",
                record,
                f"L’enseignant {key.partition(':')[2]} ne figure pas parmi les personnels du fichier. Le cours est "
                "gardé sans lui ; affectez-le dans STSWeb puis refaites l’export.",
            )
            for key in service.teachers
            if key not in known
        ]

    def _add_subject(self, element: _Element) -> None:
        code, short = (element.get("CODE") or "").strip(), child(element, "LIBELLE_COURT")
        label = child(element, "LIBELLE_EDITION") or child(element, "LIBELLE_LONG") or short or code
        if 0 < len(code) <= _SUBJECT:
            self._subjects[code] = SubjectRecord(code, label[:80], child(element, "CODE_GESTION")[:10], short[:40])

    def _add_programme(self, element: _Element) -> None:
        code = (element.get("CODE") or "").strip()
        said = (child(element, name) for name in ("LIBELLE_LONG", "LIBELLE_EDITION", "FORMATION"))
        label = next((each for each in said if each), code)
        if 0 < len(code) <= _MEF:
            self._programmes[code] = ProgrammeRecord(code, label[:60], read_stat(child(element, "MEFSTAT11")))


def _school(element: _Element) -> dict[str, str]:
    academy = child(element, "ACADEMIE/CODE")
    return {
        "name": child(element, "DENOM_PRINC"),
        "complement": child(element, "DENOM_COMPL"),
        "town": child(element, "COMMUNE"),
        "nature": child(element, "CODE_NATURE"),
        "kind": child(element, "CODE_CATEGORIE") or child(element, "SIGLE"),
        # Two digits in some sources, three in others: compared as an integer.
        "academy": str(int(academy)) if academy.isascii() and academy.isdecimal() and len(academy) < 4 else "",
    }
