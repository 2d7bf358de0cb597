"""The absences of one student, and why they count as they do."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pupitre.attendance.policies import VIEW
from pupitre.attendance.queries.observations import observations_of
from pupitre.attendance.queries.record import record_of, student_whole
from pupitre.attendance.words import reason_of
from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import clock
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.links import buttons_at


@require_safe
def mine(request: ActorRequest, uai: str) -> HttpResponse:
    """A student's own record."""
    own = Student.objects.filter(person=request.actor.person_id).values_list("pk", flat=True).first()
    if own is None or Profile.STUDENT not in request.actor.profiles:
        raise Http404
    return redirect("attendance:record", uai=uai, pk=own)


@require_safe
def record(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    month, year = _month(request.GET.get("mois", "")), year_until_today()
    first, last = month or year
    student = student_whole(actor, pk, first, last)
    found = record_of(student, actor, first, last)
    reads_health = actor.has(VIEW) or student.person_id == actor.person_id or Profile.GUARDIAN in actor.profiles
    is_family = student.person_id == actor.person_id or Profile.GUARDIAN in actor.profiles
    may_announce = is_family and vars(student)["may_announce"]
    context = {
        "uai": uai,
        "record": found,
        "is_month": month is not None,
        "months": _months(*year),
        "reads_health": reads_health,
        "reason_of": reason_of,
        "sees_all": actor.has(VIEW),
        "buttons": buttons_at(actor, "student", student.pk),
        "may_announce": may_announce,
        "observations": observations_of(actor, student, first, last),
        # Whoever announces for a child and is not that child is one of their guardians.
        "may_read": may_announce and student.person_id != actor.person_id,
        "is_own": student.person_id == actor.person_id,
        "answerable": {each.pk for each in found.cases if vars(each)["answerable"]},
    }
    return render(request, "attendance/record.html", context)


def _month(text: str) -> tuple[dt.date, dt.date] | None:
    try:
        first = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def year_until_today() -> tuple[dt.date, dt.date]:
    """The school year, until today; the last twelve months when no year goes on."""
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    return (year.starts_on, min(year.ends_on, today)) if year else (today - dt.timedelta(days=365), today)


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    """The months between two days, the last first."""
    months: list[dt.date] = []
    month = last.replace(day=1)
    while month >= first.replace(day=1) and len(months) < 12:
        months.append(month)
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return months
