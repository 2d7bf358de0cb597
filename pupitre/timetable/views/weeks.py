import datetime as dt
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pupitre.directory.models import Group, Person
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.timetable.display import Item, place_week
from pupitre.timetable.policies import TEACHING
from pupitre.timetable.queries import week_of_group, week_of_student, week_of_teacher
from pupitre.timetable.weeks import items_for_group, items_for_student, items_for_teacher, monday_of, week_page


@require_safe
def week(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    if Profile.STUDENT in actor.profiles:
        return _page(
            request,
            _("Mon emploi du temps"),
            lambda day: items_for_student(week_of_student(actor.establishment_id, actor.person_id, day)),
            is_mine=True,
        )
    require(actor, "timetable.view_any")
    return _page(
        request,
        _("Mon emploi du temps"),
        lambda day: items_for_teacher(week_of_teacher(actor.establishment_id, actor.person_id, day)),
        is_mine=bool(actor.profiles & frozenset(TEACHING)),
    )


@require_safe
def child_week(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    child = get_allowed_or_404(request.actor, "timetable.view_student", Person.objects.all(), pk=pk)
    title = _("Semaine de %(name)s") % {"name": child.first_name}
    establishment_id = request.actor.establishment_id
    is_mine = not request.actor.has("timetable.view_any")
    return _page(
        request, title, lambda day: items_for_student(week_of_student(establishment_id, child.pk, day)), is_mine=is_mine
    )


@require_safe
def group_week(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, "timetable.view_any")
    group = get_allowed_or_404(request.actor, "directory.view_group", Group.objects.all(), pk=pk)
    establishment_id = request.actor.establishment_id
    return _page(
        request, group.label, lambda day: items_for_group(week_of_group(establishment_id, group.pk, day), group.label)
    )


def _page(
    request: ActorRequest, title: str, items: Callable[[dt.date], list[Item]], *, is_mine: bool = False
) -> HttpResponse:
    now = clock.now().astimezone(clock.PARIS).replace(tzinfo=None)
    monday = monday_of(request.GET.get("semaine", ""), now.date())
    context = {
        "page": week_page(title=title, monday=monday, today=now.date(), path=request.path),
        "week": place_week(monday, items(monday), now),
        "subscribe_url": reverse("timetable:subscriptions", args=[request.actor.uai]) if is_mine else "",
    }
    return render(request, "timetable/week.html", context)
