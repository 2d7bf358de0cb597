"""A row of Fregata as a student, and rows that speak of the same one."""

from collections import defaultdict

from pupitre.directory.names import display_name, fold
from pupitre.integrations.exchange.csv import Row, Table, is_scientific, made_identifier
from pupitre.integrations.exchange.records import Identity, OutsideId, StudentRecord
from pupitre.integrations.exchange.text import read_date, read_ine
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.tabular.classes import class_code
from pupitre.integrations.tabular.people import NAME

_APPRENTICE = "AP"
_FRANCE = "100"
_STATUSES = frozenset({"ST", _APPRENTICE})
_SEX = {"1": "M", "2": "F", "M": "M", "F": "F", "H": "M", "G": "M"}

Read = tuple[StudentRecord | None, list[Finding]]


def read_student(table: Table, row: Row, *, uai: str) -> Read:
    """The student of a row, None when nobody is named there; and what a human may want to know."""
    return _StudentRow(table, row, uai=uai).read()


class _StudentRow:
    def __init__(self, table: Table, row: Row, *, uai: str) -> None:
        self._table, self._row, self._uai = table, row, uai
        self._findings: list[Finding] = []
        last, first = self._cell("Nom de famille"), self._cell("Premier prénom")
        name = display_name(last_name=last, usage_name=self._cell("Nom d’usage"), first_name=first)
        self._told = ", ".join(filter(None, (name, self._cell("Division")))) or str(row)

    def read(self) -> Read:
        last, first, usage = (self._cell(name)[:NAME] for name in ("Nom de famille", "Premier prénom", "Nom d’usage"))
        if not last or not first:
            self._tell(Severity.QUARANTINE, "no_name", "Il manque le nom ou le prénom", "Premier prénom", "")
            return None, self._findings
        birth = read_date(self._cell("Date de naissance"))
        if birth is None:
            self._flag("bad_birth_date", "La date de naissance manque ou n’est pas lisible", "Date de naissance")
        status = self._status()
        ine, outside = self._identifier(status)
        who = Identity(
            ids=(outside,) if outside else (),
            last_name=last,
            first_name=first,
            usage_name=usage if usage != last else "",
            sex=_SEX.get(self._cell("Code sexe").upper(), ""),
            birth_date=birth,
        )
        self._check_birth_town()
        if not self._cell("Division"):
            self._flag("no_class", "Cet élève n’est dans aucune division", "Division")
        key = outside.value if outside else made_identifier(f"{last} {first}", birth.isoformat() if birth else "")
        others = tuple(filter(None, (self._cell("Deuxième prénom"), self._cell("Troisième prénom"))))
        return StudentRecord(
            key,
            who,
            other_names=others,
            ine=ine,
            mef=self._mef(),
            status=status,
            division=class_code(self._cell("Division")),
            says_groups=False,
        ), self._findings

    def _identifier(self, status: str) -> tuple[str, OutsideId | None]:
        """The INE (« » when there is none) and the identifier to remember; nothing when a spreadsheet spoilt it."""
        written = self._cell("Identifiant unique").replace(" ", "").upper()
        ine = read_ine(written)
        if ine:
            return ine, OutsideId("ine", "national", ine)
        if not written or is_scientific(written):
            self._flag("bad_identifier", "L’identifiant unique manque ou un tableur l’a abîmé", "Identifiant unique")
            return "", None
        if status != _APPRENTICE:
            self._flag(
                "bad_ine",
                "L’INE n’a pas la forme attendue (11 caractères), il est laissé de côté",
                "Identifiant unique",
            )
        return "", OutsideId("fregata", self._uai, written[:60])

    def _check_birth_town(self) -> None:
        """One of the two columns is needed; without it the livret scolaire refuses the student later (LSU)."""
        is_born_here = self._cell("Code pays naissance") == _FRANCE
        if is_born_here and not (self._cell("Code commune naissance") or self._cell("Libellé commune naissance")):
            told = "La commune de naissance de cet élève, né en France, manque"
            self._flag("no_birth_town", told, "Code commune naissance")

    def _status(self) -> str:
        status = self._cell("Statut").upper()
        if status in _STATUSES:
            return status
        self._flag("bad_status", "Le statut n’est ni ST ni AP, l’élève est compté comme scolaire", "Statut")
        return "ST"

    def _mef(self) -> str:
        mef = self._cell("Code MEF")
        if is_scientific(mef) or len(mef) > 11:
            self._flag("bad_mef", "Le code MEF n’a pas la forme attendue, il est laissé de côté", "Code MEF")
            return ""
        return mef

    def _cell(self, name: str) -> str:
        return self._row[self._table.column(name)]

    def _flag(self, code: str, told: str, field: str) -> None:
        self._tell(Severity.NOTICE, code, told, field, self._cell(field))

    def _tell(self, severity: Severity, code: str, told: str, field: str, old: str) -> None:
        reason = f"{told}. Corrigez la fiche dans Fregata puis refaites l’export, sans l’ouvrir dans un tableur."
        self._findings.append(Finding(severity, code, self._told, reason, field=field, old=old))


def distinct(students: list[StudentRecord]) -> tuple[list[StudentRecord], list[StudentRecord]]:
    """Each student once, and the rows left aside: equal rows are one; rows that disagree on the same person are none."""
    once = list(dict.fromkeys(students))
    sharing: dict[tuple[object, ...], list[StudentRecord]] = defaultdict(list)
    for student in once:
        who = student.who
        sharing["key", student.key].append(student)
        if who.birth_date:
            sharing["names", fold(who.last_name), fold(who.first_name), who.birth_date].append(student)
    unsure = {student for rows in sharing.values() if len(rows) > 1 for student in rows}
    return [student for student in once if student not in unsure], [each for each in once if each in unsure]


def double(student: StudentRecord) -> Finding:
    """What to tell of a row left aside by `distinct`."""
    who = student.who
    name = display_name(last_name=who.last_name, usage_name=who.usage_name, first_name=who.first_name)
    reason = (
        "Plusieurs lignes portent le même identifiant, ou les mêmes noms et la même date de naissance, sans dire la "
        "même chose. Gardez la bonne dans Fregata puis refaites l’export."
    )
    return Finding(Severity.QUARANTINE, "same_student", ", ".join(filter(None, (name, student.division))), reason)
