"""What Moodle answers, less what nobody reads. Shapes of Moodle 4.5."""

import msgspec


class Function(msgspec.Struct, frozen=True):
    """A function that the token may call."""

    name: str


class SiteInfo(msgspec.Struct, frozen=True):
    """Who answers. `release` is « 4.5.6 (Build: 20250811) »; `version` counts the days of development."""

    sitename: str
    siteurl: str
    userid: int
    release: str = ""
    functions: list[Function] = []


class MoodleUser(msgspec.Struct, frozen=True):
    """An account. Fields that the token may not read are left out by Moodle."""

    id: int
    username: str = ""
    firstname: str = ""
    lastname: str = ""
    email: str = ""
    idnumber: str = ""
    auth: str = ""
    suspended: bool = False


class Made(msgspec.Struct, frozen=True):
    """Something just created, in the order it was asked for."""

    id: int


class Cohort(msgspec.Struct, frozen=True):
    """A cohort: a class or a group."""

    id: int
    name: str
    idnumber: str | None = None


class CohortMembers(msgspec.Struct, frozen=True):
    """Moodle's numbers of the members of a cohort."""

    cohortid: int
    userids: list[int]


class Category(msgspec.Struct, frozen=True):
    """Where courses stand."""

    id: int
    idnumber: str | None = None


class MoodleCourse(msgspec.Struct, frozen=True):
    """A course."""

    id: int
    fullname: str = ""
    idnumber: str | None = None


class CourseList(msgspec.Struct, frozen=True):
    """Courses that were looked for."""

    courses: list[MoodleCourse]


class Role(msgspec.Struct, frozen=True):
    """What somebody is in a course."""

    roleid: int


class Enrolled(msgspec.Struct, frozen=True):
    """Somebody in a course."""

    id: int
    roles: list[Role] = []


class Warned(msgspec.Struct, frozen=True):
    """What was not done. `itemid` is Moodle's number of who or what it is about."""

    warningcode: str = ""
    itemid: int = 0


class Done(msgspec.Struct, frozen=True):
    """An act, and what of it was not done."""

    warnings: list[Warned] = []


class CourseOf(msgspec.Struct, frozen=True):
    """A course of somebody; theirs to hide."""

    id: int
    fullname: str
    hidden: bool = False
    visible: int = 1


class DeadlineCourse(msgspec.Struct, frozen=True):
    """The course of a deadline."""

    fullname: str = ""


class Deadline(msgspec.Struct, frozen=True):
    """Something to do before an instant. `name` says « X is due » in Moodle's language, `activityname` is X."""

    id: int
    timesort: int
    name: str = ""
    activityname: str = ""
    url: str = ""
    overdue: bool = False
    course: DeadlineCourse | None = None


class Deadlines(msgspec.Struct, frozen=True):
    """The deadlines of somebody, the nearest first."""

    events: list[Deadline]


class GradeItem(msgspec.Struct, frozen=True):
    """A mark of a student for an activity; without `graderaw`, none yet."""

    id: int
    itemtype: str
    itemname: str | None = None
    itemmodule: str | None = None
    graderaw: float | None = None
    grademin: float = 0
    grademax: float = 0
    scaleid: int | None = None
    gradedategraded: int | None = None
    gradedatesubmitted: int | None = None
    gradeishidden: bool = False
    gradehiddenbydate: bool = False


class UserGrades(msgspec.Struct, frozen=True):
    """The marks of a student in a course."""

    userid: int
    gradeitems: list[GradeItem]


class Grades(msgspec.Struct, frozen=True):
    """The marks of a course."""

    usergrades: list[UserGrades]
