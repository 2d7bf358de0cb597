"""The individuals of an sts_emp file: staff as people know them, posts without anybody left aside."""

from collections import Counter
from datetime import date

from lxml.etree import _Element
from msgspec import structs

from pupitre.directory.names import display_name, fold
from pupitre.integrations.exchange.records import Identity, OutsideId, StaffRecord
from pupitre.integrations.exchange.text import read_date
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.exchange.xml import child
from pupitre.integrations.sts.trades import trade_of

_NAME, _KEY, _TRADE = 100, 60, 80  # what the directory holds, in characters
_NOBODY = {"", ".", "x", "xx", "xxx", "poste vacant", "vacant", "a pourvoir", "poste a pourvoir"}
_SEX = {"1": "M", "2": "F"}
_SEX_OF_CIVILITY = {"1": "M", "2": "F", "3": "F"}


def staff_key(element: _Element) -> str:
    """« epp:71001 »: ids of the two types collide, so that the type is part of the key; « » without id."""
    written = (element.get("ID") or "").strip()
    return f"{(element.get('TYPE') or 'epp').strip().lower()}:{written}" if written else ""


class StaffReader:
    """Gathers the individuals of a file one by one; `everybody` then sorts out those who can be trusted."""

    def __init__(self, *, uai: str) -> None:
        self.vacant: set[str] = set()  # keys of posts without anybody
        self.findings: list[Finding] = []
        self.aside: list[OutsideId] = []  # of those who share an id, once `everybody` was asked
        self.is_whole = True
        self._uai = uai
        self._met: list[StaffRecord] = []

    def add(self, element: _Element) -> None:
        """Read one INDIVIDU."""
        key = staff_key(element)
        usage, family, first = (child(element, tag)[:_NAME] for tag in ("NOM_USAGE", "NOM_PATRONYMIQUE", "PRENOM"))
        told = display_name(last_name=family, usage_name=usage, first_name=first)
        if fold(usage or family) in _NOBODY:
            self.vacant.add(key)
            self._tell(
                Severity.NOTICE, "vacant_post", told or key, "Ce poste n’a pas de titulaire, aucun compte n’est créé."
            )
            return
        if not 0 < len(key) <= _KEY:
            reason = "Cette personne n’a pas d’identifiant. Corrigez sa fiche dans STSWeb puis refaites l’export."
            self._tell(Severity.QUARANTINE, "no_id", told, reason)
            self.is_whole = False
            return
        who = Identity(
            ids=(),  # known once the academy is
            last_name=family or usage,
            first_name=first,
            usage_name=usage if family and usage != family else "",
            sex=_SEX.get(child(element, "SEXE")) or _SEX_OF_CIVILITY.get(child(element, "CIVILITE"), ""),
            birth_date=self._birth_date(element, told),
        )
        function = child(element, "FONCTION").upper()
        disciplines = [
            child(each, "LIBELLE_COURT") or child(each, "LIBELLE_LONG") for each in element.iter("DISCIPLINE")
        ]
        heads = [child(each, "CODE_STRUCTURE") for each in element.iter("PROF_PRINC")]
        self._met.append(
            StaffRecord(
                key,
                who,
                function=function,
                trade=trade_of(function, disciplines)[:_TRADE],
                head_of=tuple(dict.fromkeys(code for code in heads if code)),
            )
        )

    def everybody(self, academy: str) -> list[StaffRecord]:
        """One record for each person; those whose id is borne by somebody else too are left aside.

        `academy`: its code, an integer written as text, « » when unknown.
        """
        distinct = dict.fromkeys(self._met)
        times = Counter(record.key for record in distinct)
        kept = []
        for record in distinct:
            if times[record.key] == 1:
                who = structs.replace(record.who, ids=(self._outside_id(record.key, academy),))
                kept.append(structs.replace(record, who=who))
                continue
            reason = (
                f"Plusieurs personnes portent l’identifiant {record.key.partition(':')[2]}. "
                "Corrigez leurs fiches dans STSWeb puis refaites l’export."
            )
            self._tell(Severity.QUARANTINE, "same_id", _shown(record.who), reason)
            self.aside.append(self._outside_id(record.key, academy))
        return kept

    def _outside_id(self, key: str, academy: str) -> OutsideId:
        kind, _, written = key.partition(":")
        # An id given by the academy follows the person from school to school; a local one restarts in each school.
        return OutsideId("sts_epp", academy, written) if kind == "epp" else OutsideId("sts_local", self._uai, written)

    def _birth_date(self, element: _Element, told: str) -> date | None:
        written = child(element, "DATE_NAISSANCE")
        birth = read_date(written)
        if written and birth is None:
            reason = "La date de naissance n’est pas lisible, elle est laissée de côté. Corrigez-la dans STSWeb."
            self._tell(Severity.NOTICE, "bad_birth_date", told, reason)
        return birth

    def _tell(self, severity: Severity, code: str, record: str, reason: str) -> None:
        self.findings.append(Finding(severity, code, record, reason))


def _shown(who: Identity) -> str:
    return display_name(last_name=who.last_name, usage_name=who.usage_name, first_name=who.first_name)
