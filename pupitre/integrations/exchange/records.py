"""What the files of every source say, in one neutral form: the contract between the adapters and the imports.

Values are text as the source writes it, trimmed and normalised to NFC; codes are strings, never numbers. `""` and
`None` mean « not said »: a lighter variant of an export never blanks what is known. Times are local to the school.
"""

from datetime import date, datetime, time

import msgspec

from pupitre.integrations.exchange.verdicts import Finding


class OutsideId(msgspec.Struct, frozen=True):
    """How a source names a person. `source` is a `directory.ExternalId.Source`; `namespace` a UAI, an academy or « national »."""

    source: str
    namespace: str
    value: str


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who somebody is. `ids` go from the surest to the weakest; `sex` is « M », « F » or « »."""

    ids: tuple[OutsideId, ...]
    last_name: str
    first_name: str = ""
    usage_name: str = ""
    sex: str = ""
    birth_date: date | None = None
    email: str = ""
    mobile: str = ""
    phone: str = ""
    accepts_sms: bool | None = None
    is_organisation: bool = False


class StudentRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A student. `key` is the id other records of the same school use; `division` and `groups` are codes of groups.

    `says_groups` is false when the file has no notion of groups (Fregata, ONDE): those known are then kept.
    """

    key: str
    who: Identity
    other_names: tuple[str, ...] = ()
    ine: str = ""
    mef: str = ""
    status: str = "ST"
    boarding_code: str = ""
    entered_on: date | None = None
    left_on: date | None = None
    exit_reason: str = ""
    division: str = ""
    groups: tuple[str, ...] = ()
    says_groups: bool = True


class GuardianRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """An adult, or an organisation, that may be linked to students."""

    key: str
    who: Identity


class LinkRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an adult is to a student. `level` 1 legal, 2 in charge, 3 contact; `relation` a `directory.Relation` (codes of 2018)."""

    student: str
    guardian: str
    level: int
    relation: str = ""
    pays_fees: bool | None = None
    lodges: bool | None = None
    contact_first: bool | None = None


class StaffRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """Someone who works in the school. `function` is the national code (ENS, DIR, EDU, DOC, AED, ADF…), or « ».

    `trade` is what people say (« Mathématiques »); `head_of` holds the codes of the divisions of a head teacher.
    `also`: other functions here, each with its trade; `tells_all`: what the record does not name, they no longer are.
    """

    key: str
    who: Identity
    function: str = ""
    trade: str = ""
    head_of: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    tells_all: bool = False


class ProgrammeRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A training level (MEF). `stat`: its MEFSTAT11, « » when the file tells none."""

    mef: str
    label: str
    stat: str = ""


class SubjectRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A subject (matière)."""

    code: str
    label: str
    short_code: str = ""
    short_label: str = ""


class GroupRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A division, or a group drawn from `divisions` (codes). `kind`: « division » or « group »."""

    code: str
    label: str
    kind: str
    divisions: tuple[str, ...] = ()
    mefs: tuple[str, ...] = ()


class CourseRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A subject taught to a group (service). `teachers` are keys of staff; none when the post is vacant."""

    group: str
    subject: str
    modality: str = ""
    teachers: tuple[str, ...] = ()


class LessonRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A weekly lesson of a course. `weekday` 1 is Monday; `weeks` are the Mondays of the weeks where it takes place.

    Timetable software that names its weeks without dating them (« Q1 ») leaves `weeks` empty: the school knows them.
    """

    group: str
    subject: str
    weekday: int
    starts_at: time
    ends_at: time
    weeks: tuple[date, ...]
    modality: str = ""
    teachers: tuple[str, ...] = ()
    alternation: str = ""
    classroom: str = ""


class ClassroomRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A room (salle)."""

    code: str
    label: str = ""


class NameRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What timetable software calls a class, a subject, a teacher or a room in its own words, for us to find which of ours it is.

    `kind`: « group », « subject », « teacher » or « classroom »; `key` is what lessons write, `label` what people read.
    `codes` are the codes it may bear here, the surest first (national, short, written); `is_part`: less than a class.
    """

    kind: str
    key: str
    label: str
    codes: tuple[str, ...] = ()
    is_part: bool = False
    last_name: str = ""
    first_name: str = ""
    birth_date: date | None = None


class MemberRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """In which groups timetable software has a student, whom it names as it can; `groups` are keys of names."""

    label: str
    last_name: str
    first_name: str = ""
    birth_date: date | None = None
    ine: str = ""
    groups: tuple[str, ...] = ()


class TermRecord(msgspec.Struct, frozen=True):
    """A marking period, both days included."""

    code: str
    label: str
    starts_on: date
    ends_on: date


class ClosureRecord(msgspec.Struct, frozen=True):
    """Days without lessons, both included."""

    label: str
    starts_on: date
    ends_on: date


class SchoolRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a source says of the school itself; `nature` and `kind` are the national codes (340; CLG)."""

    name: str = ""
    complement: str = ""
    town: str = ""
    nature: str = ""
    kind: str = ""
    academy: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


class Kind:
    """What a file holds: the keys of `Reading.kind`."""

    COMMONS = "siecle_commons"
    NOMENCLATURE = "siecle_nomenclature"
    STRUCTURES = "siecle_structures"
    STUDENTS = "siecle_students"
    GUARDIANS = "siecle_guardians"
    STAFF = "sts_emp"
    TIMETABLE = "emp_sts"
    FREGATA = "fregata_students"
    ONDE_STUDENTS = "onde_students"
    ONDE_GUARDIANS = "onde_guardians"
    ONDE_STAFF = "onde_staff"
    CSV_GUARDIANS = "csv_guardians"
    EDT = "edt_courses"
    EDT_STUDENTS = "edt_students"
    UDT = "udt"
    ICS = "ics"
    CSV_TIMETABLE = "csv_timetable"
    AAF = "aaf"
    ONEROSTER = "oneroster"


class Reading(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Everything one file says. Lists that the kind of file does not speak of stay None; an empty list means « none »."""

    kind: str
    name: str  # as the secretary knows the file
    digest: str  # SHA-256 of what was read, hexadecimal
    # « » and None when the format does not carry them (CSV): the school is then the one that is open.
    uai: str = ""
    year: int | None = None
    produced_at: datetime | None = None  # local time, without zone
    school: SchoolRecord | None = None
    terms: list[TermRecord] | None = None
    closures: list[ClosureRecord] | None = None
    programmes: list[ProgrammeRecord] | None = None
    subjects: list[SubjectRecord] | None = None
    groups: list[GroupRecord] | None = None
    students: list[StudentRecord] | None = None
    guardians: list[GuardianRecord] | None = None
    links: list[LinkRecord] | None = None
    staff: list[StaffRecord] | None = None
    courses: list[CourseRecord] | None = None
    lessons: list[LessonRecord] | None = None
    classrooms: list[ClassroomRecord] | None = None
    # How the lessons of timetable software call things: their groups, subjects, teachers and rooms are then such names.
    names: list[NameRecord] | None = None
    members: list[MemberRecord] | None = None
    # First and last Monday that a calendar tells: it says nothing of the other weeks, nor of courses that it does not name.
    span: tuple[date, date] | None = None
    findings: list[Finding] = []
    # How the source names the people of the records left aside, and the links left aside as (student key, guardian key):
    # what is known of them stays as it is, for a record that cannot be trusted does not say that somebody is gone.
    aside: list[OutsideId] = []
    aside_links: list[tuple[str, str]] = []
    # False when a record cannot even be told whose it is: nobody is then gone for not being named.
    is_whole: bool = True
    # The file speaks of some people only, each with all their links; those who leave are named one by one.
    is_partial: bool = False
    gone_students: list[OutsideId] = []
    gone_staff: list[OutsideId] = []
