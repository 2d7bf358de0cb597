"""What a provider tells, under the names of ÉduConnect and of the guichets, as one record. National names stop here.

Attributes come by name, by friendly name or by OID. Any may be absent: what is released depends on the agreement of each service.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupitre.integrations.federation.refusals import Refused

_OID = "1.3.6.1.4.1.20326.10.999.1."
_NAMES: dict[str, tuple[str, ...]] = {
    "return_url": ("FrEduUrlRetour", f"{_OID}5"),
    "affiliation": ("FrEduCtPersonAffiliation", f"{_OID}7"),
    "account": ("FrEduCtId", f"{_OID}57"),
    "ine_hash": ("FrEduCtEleveINEHash", f"{_OID}64"),
    "birth_date": ("FrEduCtDateNaissance", f"{_OID}67"),
    "uai": ("FrEduCtEleveUAI", f"{_OID}72"),
    "ine": ("FrEduCtEleveINE",),
    "reference": ("FrEduCtRefId",),
    "vector": ("FrEduVecteur",),
    "last_name": ("family_name", "sn", "2.5.4.4"),
    "first_name": ("given_name", "givenName", "2.5.4.42"),
    "mail": ("email", "mail", "ctemail", "0.9.2342.19200300.100.1.3"),
}
_REFERENCE = re.compile(r"\{AAF\}0*(\d{1,3})\|[^|]*\|(.+)")
_MD5 = re.compile(r"[0-9a-f]{32}")
_UAI = re.compile(r"\d{7}[A-Z]")
_MOST = 40


@dataclass(frozen=True, slots=True)
class Vector:
    """One value of the older vector (FrEduVecteur): who, and for which student of which school."""

    is_student: bool
    last_name: str
    first_name: str
    number: str
    uai: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who is there, by what one provider says. `subject`: its own lasting name for them; « » when it gives none."""

    subject: str
    is_student: bool = False
    is_guardian: bool = False
    references: tuple[tuple[int, str], ...] = ()
    vectors: tuple[Vector, ...] = ()
    ine: str = ""
    ine_hash: str = ""
    birth_date: dt.date | None = None
    uai: str = ""
    last_name: str = ""
    first_name: str = ""
    mails: tuple[str, ...] = ()
    return_url: str = ""


def read(attributes: Mapping[str, object], *, subject: str = "") -> Told:
    """The record of what was told. `subject`: the lasting name that the protocol gives, when it does. Raises Refused."""
    facts = {fact: _values(attributes, names) for fact, names in _NAMES.items()}
    account = (facts["account"] or [subject])[0]
    vectors = tuple(_vector(value) for value in facts["vector"])
    if not account and not vectors and not facts["mail"] and not facts["reference"]:
        raise Refused("incomplete")
    if len({each.is_student for each in vectors}) > 1:
        # One person is not both a student and a guardian.
        raise Refused("untrusted")
    affiliations = {value.lower() for value in facts["affiliation"]}
    ine_hash = _first(facts["ine_hash"]).lower()
    uai = _first(facts["uai"]).upper()
    return Told(
        subject=account,
        is_student=any(value.startswith("eleve") for value in affiliations) or any(v.is_student for v in vectors),
        is_guardian=any(value.startswith("resp") for value in affiliations) or any(not v.is_student for v in vectors),
        references=tuple(_references(facts["reference"])),
        vectors=vectors,
        ine=_first(facts["ine"]).upper(),
        ine_hash=ine_hash if _MD5.fullmatch(ine_hash) else "",
        birth_date=_day(_first(facts["birth_date"])),
        uai=uai if _UAI.fullmatch(uai) else "",
        last_name=_first(facts["last_name"]),
        first_name=_first(facts["first_name"]),
        mails=tuple({value.casefold(): None for value in facts["mail"] if "@" in value}),
        return_url=_first(facts["return_url"]),
    )


def _values(attributes: Mapping[str, object], names: Sequence[str]) -> list[str]:
    for name in (*names, *(f"urn:oid:{name}" for name in names)):
        found = attributes.get(name)
        many = found if isinstance(found, list | tuple) else [found]
        texts = [each.strip() for each in many if isinstance(each, str) and each.strip()]
        if texts:
            return [text[:500] for text in texts[:_MOST]]
    return []


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def _references(values: Sequence[str]) -> list[tuple[int, str]]:
    """« {AAF}12|x|1234 »: the academy and the key of the national directory; other origins are of no use here."""
    found = (_REFERENCE.fullmatch(value) for value in values)
    return [(int(match[1]), match[2]) for match in found if match]


def _vector(value: str) -> Vector:
    parts = [part.strip() for part in value.split("|")]
    if len(parts) != 5 or parts[0] not in {"1", "2", "3", "4"} or not parts[3] or not _UAI.fullmatch(parts[4].upper()):
        raise Refused("incomplete")
    return Vector(parts[0] in {"3", "4"}, parts[1], parts[2], parts[3], parts[4].upper())


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
