"""The people of an archive: students, staff, adults of families, and who is whose."""

from dataclasses import dataclass, field
from datetime import date

from msgspec import structs

from pupitre.directory.names import display_name
from pupitre.integrations.exchange.csv import made_identifier
from pupitre.integrations.exchange.records import GuardianRecord, Identity, LinkRecord, OutsideId
from pupitre.integrations.exchange.text import read_date, read_email, read_ine, read_phones
from pupitre.integrations.oneroster.reading.files import Files
from pupitre.integrations.oneroster.reading.tables import Cells
from pupitre.integrations.tabular.people import NAME

# By decreasing weight.
FUNCTIONS = {"principal": "DIR", "teacher": "ENS", "counselor": "EDU", "aide": "AES"}
# No right comes with the role of a tool: whoever has one there is a guest here, until somebody gives them theirs.
_ELSEWHERE = {"administrator", "siteadministrator", "systemadministrator", "districtadministrator", "proctor"}
_GUEST = "INV"
_FAMILY = {"parent": 1, "guardian": 1, "relative": 3}
"""As levels: neither authority nor bonds are told, hence « à confirmer »; a relative is a mere contact."""
_SEX = {"male": "M", "female": "F", "m": "M", "f": "F"}


@dataclass(slots=True)
class People:
    """Who is told, by `sourcedId`. `functions`: those of the staff, the first one first."""

    students: dict[str, Identity] = field(default_factory=dict)
    ines: dict[str, str] = field(default_factory=dict)
    staff: dict[str, Identity] = field(default_factory=dict)
    functions: dict[str, list[str]] = field(default_factory=dict)
    guardians: list[GuardianRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    aside: list[OutsideId] = field(default_factory=list)
    is_whole: bool = True


def outside_of(sourced: str, uai: str) -> OutsideId:
    """How an archive names somebody: its own identifiers, which mean something in this school alone."""
    return OutsideId("csv", uai, made_identifier("oneroster", sourced))


def people_of(files: Files, roles: dict[str, set[str]], *, uai: str) -> People:
    """The people of the school; whoever has no name is left aside."""
    made, levels = People(), dict[str, int]()
    births = files.by_id("demographics")
    users = files.by_id("users")
    for sourced, held in roles.items():
        cells = users.get(sourced)
        if cells is None:
            continue
        if not sourced:
            files.quarantine("no_id", cells["familyName"], "Il manque l’identifiant de cette personne dans users.csv.")
            made.is_whole = False
            continue
        who = _identity(files, cells, births.get(sourced, {}), uai=uai)
        if who is None:
            made.aside.append(outside_of(sourced, uai))
            continue
        if "student" in held:
            made.students[sourced], made.ines[sourced] = who, read_ine(cells.get("userMasterIdentifier", ""))
        functions = [code for role, code in FUNCTIONS.items() if role in held]
        if not functions and _ELSEWHERE & held:
            functions = [_GUEST]
            told = display_name(last_name=who.last_name, usage_name="", first_name=who.first_name)
            files.notice(
                "role_to_give",
                told,
                "Son rôle dans l’autre outil ne donne aucun droit ici : repris comme invité, donnez-lui son rôle à la main.",
            )
        if functions:
            made.staff[sourced], made.functions[sourced] = who, functions
        if family := _FAMILY.keys() & held:
            made.guardians.append(GuardianRecord(sourced, _of_a_family(who, sourced, uai)))
            levels[sourced] = min(_FAMILY[role] for role in family)
    made.links = _links(files, users, made, levels)
    made.is_whole = made.is_whole and not files.is_torn("users", "roles")
    return made


def _of_a_family(who: Identity, sourced: str, uai: str) -> Identity:
    """An adult of a family has an identifier of their own: whoever works here too is joined with them by hand."""
    return structs.replace(who, ids=(OutsideId("csv", uai, made_identifier("oneroster", "famille", sourced)),))


def _identity(files: Files, cells: Cells, birth: Cells, *, uai: str) -> Identity | None:
    last, first = cells["familyName"][:NAME], cells["givenName"][:NAME]
    if not last or not first:
        told = last or first or cells["sourcedId"]
        files.quarantine("no_name", told, "Il manque le nom ou le prénom de cette personne dans users.csv.")
        return None
    ids = [outside_of(cells["sourcedId"], uai)]
    if ine := read_ine(cells.get("userMasterIdentifier", "")):
        ids.insert(0, OutsideId("ine", "national", ine))
    mobile, phone = (read_phones(cells.get(name, ""))[0] for name in ("sms", "phone"))
    return Identity(
        ids=tuple(ids), last_name=last, first_name=first, sex=_SEX.get(birth.get("sex", "").lower(), ""),
        birth_date=_birth(files, birth, display_name(last_name=last, usage_name="", first_name=first)),
        email=read_email(cells.get("email", "")), mobile=mobile[0] if mobile else "", phone=phone[0] if phone else "",
    )  # fmt: skip


def _birth(files: Files, birth: Cells, told: str) -> date | None:
    written = birth.get("birthDate", "")
    found = read_date(written)
    if written and found is None:
        files.notice("bad_birth_date", told, "La date de naissance n’est pas lisible : elle est laissée de côté.")
    elif found is not None and "/" in written:
        files.notice("french_date", told, f"La date de naissance « {written} » est lue jour, mois, année.")
    return found


def _links(files: Files, users: dict[str, Cells], made: People, levels: dict[str, int]) -> list[LinkRecord]:
    """Who is whose, whichever of both says it."""
    found: dict[tuple[str, str], None] = {}
    for sourced, cells in users.items():
        for other in filter(None, (each.strip() for each in cells.get("agentSourcedIds", "").split(","))):
            if sourced in made.students and other in levels:
                found[sourced, other] = None
            elif sourced in levels and other in made.students:
                found[other, sourced] = None
            elif other not in users:
                files.quarantine(
                    "unknown_reference", f"{cells['givenName']} {cells['familyName']}".strip() or sourced,
                    "users.csv relie cette personne à quelqu’un qui n’y est pas : le lien est laissé de côté.",
                )  # fmt: skip
    if any(levels[guardian] == 1 for _student, guardian in found):
        files.notice(
            "level_to_confirm", "Responsables",
            "OneRoster ne dit ni l’autorité parentale ni le lien de parenté : tous sont repris comme responsables légaux, "
            "à confirmer par la direction.",
        )  # fmt: skip
    return [LinkRecord(student, guardian, levels[guardian]) for student, guardian in found]
