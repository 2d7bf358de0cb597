import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.models import Group, Person
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.timetable.dated import LATEST, PUBLISHED
from pupitre.timetable.display import Item, place_week
from pupitre.timetable.models import Classroom
from pupitre.timetable.policies import MANAGE, TEACHING
from pupitre.timetable.queries import (
    Lesson,
    Lessons,
    children_of,
    those_in,
    week_of_group,
    week_of_room,
    week_of_student,
    week_of_teacher,
)
from pupitre.timetable.weeks import (
    Link,
    items_for_group,
    items_for_room,
    items_for_student,
    items_for_teacher,
    monday_of,
    week_page,
)
from pupitre.timetable.words import said

Read = Callable[[dt.date], Lessons]
Show = Callable[[list[Lesson], Link | None], list[Item]]


@require_safe
def week(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    school, person = actor.establishment_id, actor.person_id
    if Profile.STUDENT in actor.profiles:
        read: Read = partial(week_of_student, school, person)
        return _page(request, _("Mon emploi du temps"), read, items_for_student, is_mine=True)
    if Profile.GUARDIAN in actor.profiles and ("groupe" in request.GET or not actor.has("timetable.view_any")):
        return _of_a_child(request)
    require(actor, "timetable.view_any")
    read = partial(week_of_teacher, school, person)
    is_mine = bool(actor.profiles & frozenset(TEACHING))
    return _page(request, _("Mon emploi du temps"), read, items_for_teacher, is_mine=is_mine)


def _of_a_child(request: ActorRequest) -> HttpResponse:
    """A notice leads here: to the week of the child who is in the group that it is about, else of the eldest."""
    children = children_of(request.actor)
    if not children:
        raise Http404
    asked = request.GET.get("groupe", "")
    child = next(iter(those_in(asked, children)), children[0]) if asked.isdecimal() else children[0]
    week = request.GET.get("semaine", "")
    query = f"?semaine={monday_of(week, clock.today())}" if week else ""
    return redirect(reverse("timetable:child_week", args=[request.actor.uai, child.pk]) + query)


@require_safe
def child_week(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    school, is_staff = request.actor.establishment_id, request.actor.has("timetable.view_any")
    siblings = children_of(request.actor) if Profile.GUARDIAN in request.actor.profiles else []
    child = next((each for each in siblings if each.pk == pk), None)
    if child is None:
        siblings = []
        child = get_allowed_or_404(request.actor, "timetable.view_student", Person.objects.all(), pk=pk)
    seen = LATEST if is_staff else PUBLISHED
    return _page(
        request,
        _("Semaine de %(name)s") % {"name": child.first_name},
        partial(week_of_student, school, child.pk, seen=seen),
        items_for_student,
        is_mine=not is_staff,
        together=_together(request) if siblings else "",
        siblings=[(each.first_name, each.pk, each.pk == pk) for each in siblings],
    )


def _together(request: ActorRequest) -> str:
    """The page of all the children of a guardian, when there are several, here or in another school."""
    identity = cast(DirectoryRequest, request).identity
    several = identity is not None and sum(role.profile == Profile.GUARDIAN for role in identity.roles or ()) > 1
    return reverse("family_weeks:children") if several else ""


@require_safe
def group_week(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, "timetable.view_any")
    group = get_allowed_or_404(request.actor, "directory.view_group", Group.objects.all(), pk=pk)
    school = request.actor.establishment_id
    return _page(
        request,
        group.label,
        partial(week_of_group, school, group.pk),
        lambda lessons, link: items_for_group(lessons, group.label, link),
        several=f"classe={group.pk}",
    )


@require_safe
def teacher_week(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, "timetable.view_any")
    person = get_allowed_or_404(request.actor, "timetable.view_teacher", Person.objects.all(), pk=pk)
    school = request.actor.establishment_id
    return _page(
        request,
        person.formal_name,
        partial(week_of_teacher, school, person.pk),
        items_for_teacher,
        several=f"professeur={person.pk}",
    )


@require_safe
def room_week(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, "timetable.view_any")
    room = get_object_or_404(Classroom.objects.all(), pk=pk)
    school = request.actor.establishment_id
    title = _("Salle %(name)s") % {"name": room} if str(room)[:1].isdigit() else str(room)
    return _page(request, title, partial(week_of_room, school, room.pk), items_for_room)


def _page(
    request: ActorRequest,
    title: str,
    read: Read,
    show: Show,
    *,
    is_mine: bool = False,
    several: str = "",
    siblings: Sequence[tuple[str, int, bool]] = (),
    together: str = "",
) -> HttpResponse:
    actor = request.actor
    now = clock.now().astimezone(clock.PARIS).replace(tzinfo=None)
    monday = monday_of(request.GET.get("semaine", ""), now.date())
    lessons = read(monday)
    context = {
        "page": week_page(
            title=title,
            monday=monday,
            today=now.date(),
            path=request.path,
            lessons=lessons,
            is_class=show is not items_for_teacher and show is not items_for_room,
        ),
        "week": place_week(
            monday, show(lessons, _links(actor.uai, monday) if actor.has(MANAGE) else None), now, lessons.closed
        ),
        "subscribe_url": reverse("timetable:subscriptions", args=[actor.uai]) if is_mine else "",
        "siblings": [
            (name, f"{reverse('timetable:child_week', args=[actor.uai, pk])}?semaine={monday}", is_shown, 0)
            for name, pk, is_shown in siblings
        ],
        "together_url": together,
        "notice": said(request.GET.get("dit", "")),
        "offers": _offers(actor.uai, monday, several) if actor.has(MANAGE) and several else [],
    }
    return render(request, "timetable/week.html", context)


def _offers(uai: str, monday: dt.date, several: str) -> list[tuple[str, str, str]]:
    """What the office may do from the week of a class or a teacher: label, address, icon."""
    found = [(_("Plusieurs cours"), f"{reverse('timetable:several', args=[uai])}?{several}&du={monday}", "crayon")]
    kind, _equal, pk = several.partition("=")
    if kind == "classe":
        found.append((_("Ajouter un cours"), reverse("timetable:add", args=[uai, pk]), "plus"))
    return found


def _links(uai: str, monday: dt.date) -> Link:
    """Where each lesson is changed: by the day and hour that its week gives it."""

    def link(lesson: Lesson) -> str:
        change = lesson.change
        on = change.held_on if change else monday + dt.timedelta(days=lesson.weekday - 1)
        at = change.starts_at if change else lesson.starts_at
        return reverse("timetable:lesson", args=[uai, lesson.course, on, f"{at:%H%M}"])

    return link
