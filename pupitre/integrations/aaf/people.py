"""Records of people → the neutral records of one school. A name of the ministry stops here."""

from dataclasses import dataclass, field

from pupitre.integrations.aaf.classes import classes_of, groups_of
from pupitre.integrations.aaf.functions import functions_in, heads_in
from pupitre.integrations.aaf.links import links_of
from pupitre.integrations.aaf.requests import Values
from pupitre.integrations.exchange.records import (
    GuardianRecord,
    Identity,
    LinkRecord,
    OutsideId,
    StaffRecord,
    StudentRecord,
)
from pupitre.integrations.exchange.text import read_date, read_email, read_ine, read_phones
from pupitre.integrations.exchange.verdicts import Finding, Severity

_SEX = {"m.": "M", "m": "M", "mr": "M", "mme": "F", "mlle": "F", "melle": "F"}
# The regime is written in full, in many ways; the first words say its class (first character of CODE_REGIME).
_BOARDING = (
    ("EXTERNE SURV", "1"), ("EXTERNE", "0"), ("DEMI-PENSIONNAIRE HORS", "6"), ("DEMI-PENS", "2"), ("DEMI PENS", "2"),
    ("INTERNE EXTERN", "4"), ("INTERNE HEB", "5"), ("INTERNE", "3"),
)  # fmt: skip


@dataclass(slots=True)
class Place:
    """The school that records are read for: its structure and UAI, and the academy that names people."""

    structure: str
    uai: str
    academy: str
    findings: list[Finding] = field(default_factory=list)
    aside: list[OutsideId] = field(default_factory=list)
    aside_links: list[tuple[str, str]] = field(default_factory=list)

    def outside(self, key: str) -> OutsideId:
        return OutsideId("aaf", self.academy, key)

    def leave_aside(self, key: str, code: str, record: str, reason: str) -> None:
        self.findings.append(Finding(Severity.QUARANTINE, code, record, reason))
        self.aside.append(self.outside(key))


def one(values: Values, name: str) -> str:
    """The first value of an attribute; « » when it is absent or empty."""
    return (values.get(name) or [""])[0]


def student(place: Place, key: str, values: Values) -> tuple[StudentRecord, list[LinkRecord]] | None:
    """A student and the links to their adults; None when the record says too little, which is told."""
    last, usage = _names(values)
    if not last:
        place.leave_aside(key, "no_name", f"Élève n° {key}", _NAMELESS)
        return None
    ine, siecle = read_ine(one(values, "ENTEleveINE")), one(values, "ENTEleveStructRattachId")
    ids = [place.outside(key)]
    # The number of SIECLE is that of the school of attachment; elsewhere it would be somebody else's.
    if siecle.isdigit() and one(values, "ENTPersonStructRattach").split("$")[0] == place.structure:
        ids.append(OutsideId("siecle_student", place.uai, siecle))
    if ine:
        ids.append(OutsideId("ine", "national", ine))
    who = Identity(
        ids=tuple(ids), last_name=last, usage_name=usage, first_name=_first(values), sex=_sex(values),
        birth_date=read_date(one(values, "ENTPersonDateNaissance")), email=read_email(one(values, "mail")),
    )  # fmt: skip
    division = classes_of(place.structure, values)
    if len(division) > 1:
        place.findings.append(
            Finding(Severity.NOTICE, "two_divisions", f"{_first(values)} {usage or last}",
                    f"Plusieurs classes sont données ({', '.join(division)}) : la première est gardée.")
        )  # fmt: skip
    record = StudentRecord(
        key, who, other_names=tuple(values.get("ENTPersonAutresPrenoms", ())), ine=ine,
        mef=_level(values),
        status="AP" if one(values, "ENTEleveStatutEleve").upper().startswith("APPRENT") else "ST",
        boarding_code=_boarding(one(values, "ENTEleveRegime")),
        entered_on=read_date(one(values, "ENTEleveDateEntreeStructRattach")),
        left_on=read_date(one(values, "ENTEleveDateSortieStructRattach")),
        division=division[0] if division else "", groups=groups_of(place.structure, values),
    )  # fmt: skip
    label = f"{record.who.first_name} {usage or last}".strip()
    links, told, aside = links_of(key, values, label)
    place.findings += told
    place.aside_links += aside
    return record, links


def guardian(place: Place, key: str, values: Values) -> GuardianRecord | None:
    """An adult; None when they have no name, which is told."""
    last, usage = _names(values)
    if not last:
        place.leave_aside(key, "no_name", f"Responsable n° {key}", _NAMELESS)
        return None
    sms, mobile = _phone(values, "ENTPersonMobileSMS"), _phone(values, "mobile")
    who = Identity(
        ids=(place.outside(key),), last_name=last, usage_name=usage, first_name=_first(values), sex=_sex(values),
        email=read_email(one(values, "mail")), mobile=mobile or sms,
        phone=_phone(values, "homePhone") or _phone(values, "telephoneNumber"),
        # Written only when messages are accepted: left empty, it says that they are not.
        accepts_sms=bool(sms) if "ENTPersonMobileSMS" in values and (mobile or sms) else None,
    )  # fmt: skip
    return GuardianRecord(key, who)


def staff(place: Place, key: str, values: Values) -> StaffRecord | None:
    """Somebody who works in the school, with everything they do there; None when they have no name, which is told."""
    last, usage = _names(values)
    if not last:
        place.leave_aside(key, "no_name", f"Personnel n° {key}", _NAMELESS)
        return None
    ids = [place.outside(key)]
    if sts := one(values, "ENTPersonSTSId").split("$")[-1]:
        ids.append(OutsideId("sts_epp", place.academy, sts[:60]))
    who = Identity(
        ids=tuple(ids), last_name=last, usage_name=usage, first_name=_first(values), sex=_sex(values),
        birth_date=read_date(one(values, "ENTPersonDateNaissance")), email=read_email(one(values, "mail")),
    )  # fmt: skip
    functions = functions_in(place.structure, values)
    first = functions[0]
    return StaffRecord(
        key, who, function=first.code, trade=first.trade, head_of=heads_in(place.structure, values),
        also=tuple((each.code, each.trade) for each in functions[1:]), tells_all=True,
    )  # fmt: skip


_NAMELESS = "Il manque son nom : sa fiche est laissée de côté. Faites-la corriger dans la base qui alimente l’annuaire."


def _names(values: Values) -> tuple[str, str]:
    """Family name, and usage name when it is another one."""
    usage, family = one(values, "sn")[:100], one(values, "ENTPersonNomPatro")[:100]
    return (family or usage, usage if family and usage != family else "")


def _first(values: Values) -> str:
    return one(values, "givenName")[:100]


def _sex(values: Values) -> str:
    return _SEX.get(one(values, "personalTitle").lower(), "")


def _phone(values: Values, name: str) -> str:
    numbers, _whole = read_phones(one(values, name))
    return numbers[0] if numbers else ""


def _level(values: Values) -> str:
    """The training level (MEF) in the second degree; in the first, the level of four digits, alone or before « $ » and its name."""
    said = one(values, "ENTEleveMEF") or one(values, "ENTEleveNiveau").split("$")[0]
    return said if len(said) == 11 or (len(said) == 4 and said.isdecimal()) else ""


def _boarding(label: str) -> str:
    said = " ".join(label.upper().split())
    return next((code for start, code in _BOARDING if said.startswith(start)), "")
