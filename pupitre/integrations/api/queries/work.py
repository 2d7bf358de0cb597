"""The work of a student: what is given in Pupitre, once families see it."""

import datetime as dt

from django.http import QueryDict

from pupitre.foundation import clock
from pupitre.integrations.api.asked import page_of, span_of
from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.api.records import Work, Works
from pupitre.textbook.models import Homework
from pupitre.textbook.queries.work import AHEAD, StudentWork, work_of

_DAYS = 14


def homework(call: Call, query: QueryDict) -> Works:
    """The work due on some days, the next two weeks unless told; one statement.

    As on the page, nothing older than three weeks nor later than six. What other tools ask for is theirs to tell.
    """
    today = clock.today()
    span = span_of(query, today, today + dt.timedelta(days=min(_DAYS, AHEAD)))
    found = work_of(call.actor.establishment_id, call.child.pk, for_student=call.is_own).works
    due = [each for each in found if span.holds(each.due_on)]
    shown, after = page_of(query, due, _place)
    return Works([_work(each) for each in shown], after)


def _place(each: StudentWork) -> str:
    # Work without an hour comes after the lessons of its day.
    return f"{each.due_on}T{each.due_at or '99'} {each.id:012}"


def _work(each: StudentWork) -> Work:
    return Work(
        id=str(each.id),
        title=each.title,
        details=each.details,
        kind=each.kind,
        subject=each.subject,
        teacher=each.teacher,
        given_on=each.given_on,
        due_on=each.due_on,
        due_at=each.deadline_at.astimezone(clock.PARIS),
        minutes=each.minutes,
        is_cancelled=each.change == Homework.Change.CANCELLED,
        is_done=each.is_done,
        is_online=each.is_online,
        is_handed=each.is_handed,
        files=[file.name for file in each.files],
    )
