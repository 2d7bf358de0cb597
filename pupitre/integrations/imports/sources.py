"""Where facts come from, and whom to believe: the lesser source never overwrites what the better one said."""

from collections.abc import Iterable

from pupitre.integrations.exchange.records import Kind, OutsideId

SOURCE_OF = {
    Kind.COMMONS: "siecle",
    Kind.NOMENCLATURE: "siecle",
    Kind.STRUCTURES: "siecle",
    Kind.STUDENTS: "siecle",
    Kind.GUARDIANS: "siecle",
    Kind.STAFF: "sts",
    Kind.TIMETABLE: "sts",
    Kind.FREGATA: "fregata",
    Kind.ONDE_STUDENTS: "onde",
    Kind.ONDE_GUARDIANS: "onde",
    Kind.ONDE_STAFF: "onde",
    Kind.CSV_GUARDIANS: "csv",
    Kind.EDT: "edt",
    Kind.EDT_STUDENTS: "edt",
    Kind.UDT: "udt",
    Kind.ICS: "ics",
    Kind.CSV_TIMETABLE: "csv",
    Kind.AAF: "aaf",
    # Believed as little as a table of the school: any tool may write these files.
    Kind.ONEROSTER: "csv",
}
"""What a kind of file is to the rows it makes (`Affiliation.source`, `Guardianship.source`)."""

IDENTITY_FIELDS = ("last_name", "usage_name", "first_name", "sex", "birth_date")
CONTACT_FIELDS = ("email", "mobile", "phone", "accepts_sms")
PERSON_FIELDS = (*IDENTITY_FIELDS, *CONTACT_FIELDS)
"""What sources say of people, by column of `directory.Person` and field of `Identity`."""

# Federated directory, then the national bases, then what schools keep by themselves.
_AUTHORITY = {"csv": 1, "onde": 2, "fregata": 2, "sts": 3, "siecle": 4, "aaf": 5}
_OF_IDS = {
    "csv": "csv",
    "onde": "onde",
    "fregata": "fregata",
    "sts_epp": "sts",
    "sts_local": "sts",
    "private_student": "siecle",
    "siecle_person": "siecle",
    "siecle_student": "siecle",
    "aaf": "aaf",
}


def authority(source: str) -> int:
    """How far a source is believed; 0 for those nobody imports from."""
    return _AUTHORITY.get(source, 0)


def is_better_known(ids: Iterable[OutsideId], source: str) -> bool:
    """Whether somebody who bears these ids is known from a better source: this one then only adds what is missing."""
    return any(authority(_OF_IDS.get(each.source, "")) > authority(source) for each in ids)


def is_told_by(ids: Iterable[OutsideId], source: str, uai: str) -> bool:
    """Whether a complete file of a source says that a student is gone by not naming them.

    SIECLE speaks for those who bear its number in this school; another base for those whom no better one knows.
    """
    if source == "siecle":
        return any(each.source == "siecle_student" and each.namespace == uai for each in ids)
    return not is_better_known(ids, source)
