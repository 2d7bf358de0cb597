"""The calendar: of a school for whoever belongs there, of all schools for a guardian; as a list, a week or a month."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pupitre.agenda.display import (
    ONE_DAY,
    Source,
    agenda_of,
    breaks_of,
    days_between,
    entries_of,
    monday_of,
    week_title,
)
from pupitre.agenda.layers import COOKIE, hidden_from, layers_for
from pupitre.agenda.policies import MANAGE, has_calendar, works_here
from pupitre.agenda.queries.calendar import calendar_of
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.directory.siblings import colours_of
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.foundation.ui.french import MONTHS, capfirst, day_month

LIST, WEEK, MONTH = "liste", "semaine", "mois"
LISTED = 28
"""Days of a list."""
_KEPT = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Frame:
    """What is looked at: the view, its days, and the days that « before » and « after » lead to."""

    view: str
    day: dt.date
    first: dt.date
    last: dt.date
    before: dt.date
    after: dt.date
    title: str


@require_safe
def calendar(request: ActorRequest, uai: str) -> HttpResponse:
    if not has_calendar(request.actor):
        raise Http404
    school = cast(DirectoryRequest, request).identity.roles_in(request.actor.uai)[0].short_name
    return _page(request, [(request.actor, school)])


@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """The calendar of a guardian: all their children, of all their schools."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
    if not identity.is_guardian:
        raise Http404
    actors = identity.actors_as(Profile.GUARDIAN)
    return _page(request, [(actor, identity.roles_in(actor.uai)[0].short_name) for actor in actors])


def _page(request: HttpRequest, places: Sequence[tuple[Actor, str]]) -> HttpResponse:
    today = clock.today()
    frame = frame_of(request.GET.get("vue", ""), request.GET.get("jour", ""), today)
    hidden = hidden_from(request.GET.get("sans"), request.COOKIES.get(COOKIE, ""))
    sources = [Source(actor.uai, name, calendar_of(actor, frame.first, frame.last)) for actor, name in places]
    births = {child.person: child.born_on for source in sources for child in source.calendar.children}
    colours = colours_of(births)
    profiles = {profile for actor, _name in places for profile in actor.profiles}
    entries = entries_of(sources, hidden, colours)
    month = frame.day.month if frame.view == MONTH else 0
    days = days_between(frame.first, frame.last, entries, sources, hidden, today=today, month=month)
    context: dict[str, Any] = {
        "frame": frame,
        "today": today,
        "layers": [
            (layer, layer.key not in hidden, _address(frame, hidden ^ {layer.key}))
            for layer in layers_for(profiles, [each.calendar for each in sources], colours)
        ],
        "views": [(label, _address(frame, hidden, view=view), view == frame.view) for view, label in _views()],
        "before_url": _address(frame, hidden, day=frame.before),
        "after_url": _address(frame, hidden, day=frame.after),
        "today_url": _address(frame, hidden, day=today),
        "days": agenda_of(days, frame.first) if frame.view == LIST else days,
        "breaks": breaks_of(sources, hidden) if frame.view == LIST else (),
        "weeks": [days[at : at + 7] for at in range(0, len(days), 7)] if frame.view == MONTH else (),
        "places": [(each.uai, each.school) for each in sources],
        "may_manage": any(actor.has(MANAGE) for actor, _name in places),
        "works": any(works_here(actor) for actor, _name in places),
    }
    response = render(request, "agenda/calendar.html", context)
    if "sans" in request.GET:
        # Which layers are hidden is a choice of this browser, like colours and text size.
        response.set_cookie(
            COOKIE, ".".join(sorted(hidden)), max_age=_KEPT, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


def frame_of(view: str, day: str, today: dt.date) -> Frame:
    """What an address asks for; what makes no sense is read as the list of today."""
    asked = _day(day, today)
    if view == MONTH:
        first = asked.replace(day=1)
        following = (first + 31 * ONE_DAY).replace(day=1)
        last = following - ONE_DAY
        title = f"{capfirst(MONTHS[first.month - 1])} {first.year}"
        return Frame(
            MONTH,
            asked,
            monday_of(first),
            monday_of(last) + 6 * ONE_DAY,
            (first - ONE_DAY).replace(day=1),
            following,
            title,
        )
    if view == WEEK:
        first = monday_of(asked)
        week = 7 * ONE_DAY
        return Frame(WEEK, asked, first, first + 6 * ONE_DAY, first - week, first + week, week_title(first))
    span = LISTED * ONE_DAY
    title = _("À venir") if asked == today else _("Depuis le %(day)s") % {"day": day_month(asked)}
    return Frame(LIST, asked, asked, asked + span - ONE_DAY, asked - span, asked + span, title)


def _day(text: str, today: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return today
    # Far from any school year, and where days have no neighbours.
    return day if abs(day.year - today.year) <= 20 else today


def _views() -> list[tuple[str, str]]:
    return [(LIST, _("Liste")), (WEEK, _("Semaine")), (MONTH, _("Mois"))]


def _address(frame: Frame, hidden: frozenset[str], *, view: str = "", day: dt.date | None = None) -> str:
    parts = {"vue": view or frame.view, "jour": str(day or frame.day), "sans": ".".join(sorted(hidden))}
    return f"?{urlencode(parts)}"
