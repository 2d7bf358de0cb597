"""Bringing marks back: what Moodle says of the activities of linked courses becomes a draft, which the teacher confirms or not."""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pupitre.directory.models import Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.jobs import enqueue_once
from pupitre.gradebook.services.receiving import Sent, Source, declare_column, receive_marks
from pupitre.integrations.moodle.answers import GradeItem, Grades, UserGrades
from pupitre.integrations.moodle.client import Moodle, MoodleFailure
from pupitre.integrations.moodle.models import Account, LinkedCourse, Site
from pupitre.integrations.moodle.services.outcomes import failed, is_resting, moodle_of, worked
from pupitre.timetable.models import Course

MARKS = "moodle.read_marks"
# What the gradebook holds: beyond, it is no mark.
_LEAST, _MOST = 0.01, 100_000
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Column:
    """The marks of an activity, before they are kept."""

    title: str
    maximum: Decimal
    sent: list[Sent]


def read_marks_everywhere() -> None:
    """Read the marks of every school that asked for it, those whose Moodle failed a short time ago left in peace."""
    for pk in Establishment.objects.filter(is_open=True).order_by("pk").values_list("pk", flat=True):
        with scope(pk):
            open_here = Site.objects.filter(connector__is_on=True, connector__service__ended_at=None)
            site = open_here.filter(reads_marks=True, is_on=True).first()
            wanted = site is not None and not is_resting(site)
        if wanted:
            try:
                read_marks(pk)
            except Exception:  # noqa: BLE001 - what one Moodle says must not keep the marks of the other schools away
                _log.exception("moodle: marks of establishment %s", pk)


def ask_for_marks(site: Site, *, actor: Actor) -> bool:
    """Have the marks of the open school read now, by a job; whether it was asked, and not already."""
    audit.record(actor, "moodle.ask_for_marks", site)
    return enqueue_once(
        MARKS,
        once=f"moodle-marks-{site.pk}",
        lock=f"moodle-{site.pk}",
        establishment_id=site.establishment_id,
    )


def read_marks(establishment_id: int) -> int:
    """Read the marks of the linked courses of a school; how many columns had something new. One call a course."""
    with scope(establishment_id):
        site = Site.objects.filter(reads_marks=True).first()
        if site is None:
            return 0
        rows = LinkedCourse.objects.filter(site=site, course__ends_on=None).select_related("course")
        courses = [(each.course, each.number) for each in rows.order_by("pk")]
        students = _students(site)
    count = 0
    try:
        moodle = moodle_of(site)
        for course, number in courses:
            columns = _columns(_grades(moodle, number), students)
            with scope(establishment_id):
                count += _keep(site, course, columns)
    except MoodleFailure as no:
        with scope(establishment_id):
            failed(site, no)
        return count
    with scope(establishment_id):
        Site.objects.filter(pk=site.pk).update(marks_read_at=clock.now())
        worked(site)
    return count


def _students(site: Site) -> dict[int, int]:
    """Moodle's number → the schooling."""
    schooling = dict(Student.objects.values_list("person_id", "pk"))
    accounts = Account.objects.filter(site=site).values_list("number", "person_id")
    return {number: schooling[person] for number, person in accounts if person in schooling}


def _grades(moodle: Moodle, course: int) -> list[UserGrades]:
    try:
        return moodle.ask("gradereport_user_get_grade_items", Grades, courseid=course).usergrades
    except MoodleFailure as no:
        # Deleted since the last comparison, or with nothing to mark.
        if no.code == "denied":
            return []
        raise


def _columns(grades: list[UserGrades], students: dict[int, int]) -> dict[int, Column]:
    """The activities that have at least a mark, by Moodle's number."""
    found: dict[int, Column] = {}
    for user in grades:
        student = students.get(user.userid)
        if student is None:
            continue
        for item in _items(user):
            column = found.setdefault(item.id, Column(item.itemname or "", _number(item.grademax), []))
            column.sent.append(
                Sent(student, max(_number(item.graderaw or 0), Decimal(0)), _number(item.grademax), _when(item))
            )
    return found


def _items(user: UserGrades) -> Iterator[GradeItem]:
    """The marks of activities, in points: neither totals, nor scales of words, nor what its teacher still hides there."""
    for item in user.gradeitems:
        is_activity = item.itemtype in ("mod", "manual") and bool(item.itemname)
        is_shown = not (item.gradeishidden or item.gradehiddenbydate)
        is_mark = item.graderaw is not None and item.graderaw < _MOST and _LEAST <= item.grademax < _MOST
        if is_activity and is_shown and item.scaleid is None and is_mark:
            yield item


def _when(item: GradeItem) -> dt.datetime:
    at = item.gradedategraded or item.gradedatesubmitted
    return dt.datetime.fromtimestamp(at, dt.UTC) if at else clock.now()


def _number(value: float) -> Decimal:
    return Decimal(str(value))


def _keep(site: Site, course: Course, columns: dict[int, Column]) -> int:
    source = Source(f"moodle:{site.pk}", site.name or "Moodle")
    kept = 0
    for number, column in columns.items():
        declared = declare_column(
            source=source, external_id=str(number), course=course, title=column.title, maximum=column.maximum
        )
        kept += bool(receive_marks(column=declared, sent=column.sent).kept)
    return kept
