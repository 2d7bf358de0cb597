"""From what a record says to the rows of the directory."""

import datetime as dt
from typing import Any

from pupitre.directory.models import Affiliation, ExternalId, Person, Relation
from pupitre.directory.names import display_name, formal_name, sort_key
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Create, Ref, Update, Write
from pupitre.integrations.exchange.records import Identity, LinkRecord, OutsideId, StaffRecord, StudentRecord
from pupitre.integrations.exchange.text import is_suspicious
from pupitre.integrations.imports.known import Known
from pupitre.integrations.imports.sources import CONTACT_FIELDS, IDENTITY_FIELDS

# National functions of staff (STS FONCTION, AAF) → what they are in the school.
PROFILE_OF_FUNCTION = {
    "ENS": Profile.TEACHER,
    "DOC": Profile.TEACHER,
    "DIR": Profile.HEAD,
    "EDU": Profile.SCHOOL_LIFE,
    "AED": Profile.SCHOOL_LIFE,
    "SUR": Profile.SCHOOL_LIFE,
    "ADF": Profile.ADMINISTRATIVE,
    "ADM": Profile.ADMINISTRATIVE,
    "LAB": Profile.ADMINISTRATIVE,
    "INF": Profile.HEALTH,
    "MDS": Profile.HEALTH,
    "ASS": Profile.HEALTH,
    "AES": Profile.SUPPORT,
    # Posts that have nothing to see of students (cooks, technicians…).
    "INV": Profile.GUEST,
}


def profile_of(staff: StaffRecord) -> str:
    """What a member of staff is; someone without a function is there to teach (STS says so of nobody else)."""
    return PROFILE_OF_FUNCTION.get(staff.function, Profile.TEACHER)


def profiles_of(staff: StaffRecord) -> dict[str, str]:
    """Everything a member of staff is, each with its trade."""
    others = ((PROFILE_OF_FUNCTION.get(code, Profile.GUEST), trade) for code, trade in staff.also)
    said = {profile_of(staff): staff.trade}
    for profile, trade in others:
        said.setdefault(profile, trade)
    return said


def new_person(ref: str, who: Identity) -> list[Write]:
    """The rows of somebody unknown: the person and their outside ids."""
    values: dict[str, Any] = {
        "last_name": who.last_name,
        "usage_name": who.usage_name,
        "first_name": who.first_name,
        "sex": who.sex,
        "birth_date": who.birth_date,
        "email": who.email,
        "mobile": who.mobile,
        "phone": who.phone,
        "accepts_sms": bool(who.accepts_sms),
        "is_organisation": who.is_organisation,
        **shown_names(who.last_name, who.usage_name, who.first_name, who.sex),
    }
    return [Create(Person, values, ref=ref), *(outside_id(Ref(ref), each) for each in who.ids)]


def outside_id(person: int | Ref, outside: OutsideId) -> Create:
    """The row saying that a source names this person so."""
    return Create(
        ExternalId,
        {"person_id": person, "source": outside.source, "namespace": outside.namespace, "value": outside.value},
    )


def changed_identity(
    person: Person, who: Identity, *, source: str = "siecle", only_missing: bool = False
) -> dict[str, tuple[Any, Any]]:
    """What the source says otherwise of who somebody is: column → (old, new). What it does not say is kept.

    Only SIECLE, which always writes names whole, takes a usage name away by not writing it. `only_missing`: the person is
    known from a better source, which is completed and never contradicted. Letters lost on the way replace nothing.
    """
    said = {name: getattr(who, name) for name in IDENTITY_FIELDS if getattr(who, name)}
    if source == "siecle":
        said["usage_name"] = who.usage_name
    elif not who.usage_name and who.last_name == person.usage_name:
        del said["last_name"]  # a lighter file writes one name: that of usage
    return {
        name: (getattr(person, name), value)
        for name, value in said.items()
        if getattr(person, name) != value
        and not (only_missing and getattr(person, name) not in ("", None))
        and not (getattr(person, name) and isinstance(value, str) and is_suspicious(value))
    }


def changed_contact(person: Person, who: Identity, *, only_missing: bool = False) -> dict[str, tuple[Any, Any]]:
    """What the source says otherwise of how to reach somebody: column → (old, new). Absent is not empty."""
    return {
        name: (getattr(person, name), getattr(who, name))
        for name in CONTACT_FIELDS
        if getattr(who, name) not in ("", None)
        and getattr(person, name) != getattr(who, name)
        and not (only_missing and getattr(person, name) not in ("", None))
    }


def update_person(person: Person, name: str, value: Any) -> Update:
    """The row that makes a column new; shown names follow when it is written (`services.consequences`)."""
    return Update(Person, person.pk, {name: getattr(person, name)}, {name: value})


def affiliate(
    known: Known, person: int | Ref, profile: str, *, function: str, source: str, starts_on: dt.date
) -> list[Write]:
    """The rows that make somebody something here: a new one, or the former one opened again or brought up to date."""
    held = known.affiliations.get((person, profile)) if isinstance(person, int) else None
    if held is None:
        values = {"person_id": person, "establishment_id": known.establishment.pk, "profile": profile,
                  "function": function, "source": source, "starts_on": starts_on, "ends_on": None}  # fmt: skip
        # Named, since each child of a guardian asks for it.
        who = person.name if isinstance(person, Ref) else str(person)
        return [Create(Affiliation, values, ref=f"affiliation:{who}:{profile}")]
    after: dict[str, Any] = {}
    if function and held.function != function:
        after["function"] = function
    if held.ends_on is not None:
        after |= {"ends_on": None, "starts_on": starts_on}
    return [Update(Affiliation, held.pk, {name: getattr(held, name) for name in after}, after)] if after else []


def end_affiliation(known: Known, person: int, profile: str, on: dt.date) -> list[Write]:
    """The row that closes a role; nothing when it is not held."""
    held = known.affiliations.get((person, profile))
    if held is None or (held.ends_on and held.ends_on <= on):
        return []
    return [Update(Affiliation, held.pk, {"ends_on": held.ends_on}, {"ends_on": on})]


def full_name(who: Identity) -> str:
    """« Inès Belkacem », as shown everywhere."""
    return display_name(last_name=who.last_name, usage_name=who.usage_name, first_name=who.first_name)


def student_label(student: StudentRecord) -> str:
    """« Inès Belkacem, 4e B »: the record in the words of the office."""
    return f"{full_name(student.who)}, {student.division}" if student.division else full_name(student.who)


def relation_label(link: LinkRecord) -> str:
    """« Mère », « Tuteur »…"""
    return str(Relation(link.relation).label) if link.relation in Relation.values else str(Relation.UNKNOWN.label)


def shown_names(last_name: str, usage_name: str, first_name: str, sex: str) -> dict[str, str]:
    """The columns made from names: how somebody is shown, addressed and sorted."""
    names = {"last_name": last_name, "usage_name": usage_name, "first_name": first_name}
    return {
        "display_name": display_name(**names),
        "formal_name": formal_name(**names, sex=sex),
        "sort_key": sort_key(**names),
    }
