"""The teachers' file of ONDE."""

from msgspec import structs

from pupitre.directory.names import display_name
from pupitre.integrations.exchange.csv import Table, aligned, made_identifier
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Identity, Kind, OutsideId, Reading, StaffRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.tabular.classes import class_code
from pupitre.integrations.tabular.people import AdultReader, with_ids

_REQUIRED = ("Nom", "Prénom", "Directeur", "Classe")
_YES = frozenset({"O", "OUI"})


def read_teachers(opened: Opened, table: Table, *, uai: str) -> Reading:
    """Teachers, the head, and the class each is in charge of. Raises Rejected when a column is missing."""
    table.require(_REQUIRED, "ONDE")
    rows, findings = aligned(table, "ONDE")
    reader = AdultReader(
        table,
        civility="Civilité",
        last_name="Nom",
        usage_name="Nom usage",
        first_name="Prénom",
        mail="Courriel",
        mobile="Téléphone portable",
        phones=("Téléphone domicile",),
        correct_in="ONDE",
    )
    staff: dict[str, StaffRecord] = {}
    is_whole = not findings
    for row in rows:
        who = reader.read(row)
        if who is None:
            is_whole = False
            continue
        is_head = row[table.column("Directeur")].upper() in _YES
        class_name = row[table.column("Classe")]
        value = made_identifier(f"{who.last_name} {who.first_name}")
        new = StaffRecord(
            f"onde:{value}",
            with_ids(who, [OutsideId("onde", uai, value)]),
            function="DIR" if is_head else "ENS",
            trade="Direction" if is_head else class_name[:80],
            head_of=(class_code(class_name),) if class_name else (),
        )
        known = staff.setdefault(new.key, new)
        if _may_be_same(known.who, who):
            staff[new.key] = structs.replace(known, head_of=tuple(dict.fromkeys((*known.head_of, *new.head_of))))
        else:
            reader.tell(Severity.QUARANTINE, "same_names", _shown(who), "Deux personnes de l’école portent ces noms.")
    return Reading(
        kind=Kind.ONDE_STAFF,
        name=opened.name,
        digest=opened.digest,
        staff=list(staff.values()),
        is_whole=is_whole,
        findings=[*findings, *reader.findings],
    )


def _may_be_same(known: Identity, who: Identity) -> bool:
    """Whether nothing tells two rows of the same names apart: one teacher may have a row for each class."""
    pairs = ((known.email, who.email), (known.mobile, who.mobile), (known.sex, who.sex))
    return all(one == other or not one or not other for one, other in pairs)


def _shown(who: Identity) -> str:
    return display_name(last_name=who.last_name, usage_name=who.usage_name, first_name=who.first_name)
