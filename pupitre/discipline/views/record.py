"""The page of a student, for staff, for themselves, for their guardians; and the week of the school-life office."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.discipline.policies import DECIDE, holds_detentions, may_punish, sees_all
from pupitre.discipline.queries.record import children_here, record_of
from pupitre.discipline.queries.week import week_of
from pupitre.discipline.views.asking import day_asked
from pupitre.foundation import audit, clock
from pupitre.foundation.access import get_allowed_or_404, may
from pupitre.foundation.actor import ActorRequest


@require_safe
def mine(request: ActorRequest, uai: str) -> HttpResponse:
    """A student's own page."""
    own = Student.objects.filter(person=request.actor.person_id).values_list("pk", flat=True).first()
    if own is None or Profile.STUDENT not in request.actor.profiles:
        raise Http404
    return redirect("discipline:record", uai=uai, pk=own)


@require_safe
def children(request: ActorRequest, uai: str) -> HttpResponse:
    """The children of a guardian in this school; straight to the page of the only one."""
    if Profile.GUARDIAN not in request.actor.profiles:
        raise Http404
    rows = children_here(request.actor)
    if len(rows) == 1:
        return redirect("discipline:record", uai=uai, pk=rows[0].pk)
    return render(request, "discipline/children.html", {"uai": uai, "children": rows})


@require_safe
def record(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    rows = Student.objects.select_related("person").annotate(may_punish=may(actor, "discipline.punish_student"))
    student: Any = get_allowed_or_404(actor, "discipline.view_record", rows, pk=pk)
    is_own = student.person_id == actor.person_id
    is_family = is_own or (Profile.GUARDIAN in actor.profiles and student in children_here(actor))
    if not is_family:
        # RGP-7: every look at a student's file is kept.
        audit.record(actor, "discipline.view_record", student)
    context = {
        "uai": uai,
        "record": record_of(student, actor, is_family=is_family),
        "is_own": is_own,
        "is_family": is_family,
        "knows_all": not is_family and sees_all(actor),
        "may_punish": not is_family and student.may_punish,
        "may_sanction": actor.has(DECIDE) and not is_family,
    }
    return render(request, "discipline/record.html", context)


@require_safe
def week(request: ActorRequest, uai: str) -> HttpResponse:
    """What the school-life office follows this week."""
    actor = request.actor
    knows_all = sees_all(actor)
    if not holds_detentions(actor) and not knows_all:
        raise Http404
    day = day_asked(request.GET.get("jour", ""), clock.today())
    found = week_of(actor, day, knows_all=knows_all)
    context = {
        "uai": uai,
        "week": found,
        "is_now": found.first <= clock.today() <= found.last,
        "previous": found.first - dt.timedelta(days=7),
        "next": found.first + dt.timedelta(days=7),
        "knows_all": knows_all,
        "may_punish": may_punish(actor),
        "may_decide": actor.has(DECIDE),
    }
    return render(request, "discipline/week.html", context)
