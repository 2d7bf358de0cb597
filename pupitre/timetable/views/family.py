"""One day of all the children of a guardian, whatever their schools."""

import datetime as dt
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pupitre.directory.identity import Identity
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.ui.french import DAYS, capfirst, day_number
from pupitre.timetable.display_children import Source, has_lessons_on, place_children
from pupitre.timetable.queries import EVENING, week_of_children

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 6
_FARTHEST = 400


@require_safe
def children(request: HttpRequest) -> HttpResponse:
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
    if not identity.is_guardian:
        raise Http404
    now = clock.now().astimezone(clock.PARIS).replace(tzinfo=None)
    asked = _asked(request.GET.get("jour", ""), now.date())
    on = asked or _next_day(now)
    sources = _sources(identity, on)
    if not asked and on.isoweekday() >= SATURDAY and not has_lessons_on(on.isoweekday(), sources):
        on += (8 - on.isoweekday()) * ONE_DAY
        sources = _sources(identity, on)
    day = place_children(on, sources, now)
    if len(day.children) == 1:
        return HttpResponseRedirect(day.children[0].week_url)
    context = {
        "day": day,
        "days": _days(on, sources),
        "before_url": _address(on - 7 * ONE_DAY),
        "after_url": _address(on + 7 * ONE_DAY),
        "today_url": request.path,
        "is_today": on == now.date(),
    }
    return render(request, "timetable/children.html", context)


def _sources(identity: Identity, on: dt.date) -> list[Source]:
    """One statement a school."""
    actors = identity.actors_as(Profile.GUARDIAN)
    return [Source(each.uai, identity.roles_in(each.uai)[0].short_name, week_of_children(each, on)) for each in actors]


def _asked(text: str, today: dt.date) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs((day - today).days) <= _FARTHEST else None


def _next_day(now: dt.datetime) -> dt.date:
    return now.date() if now.time() < EVENING else now.date() + ONE_DAY


def _days(on: dt.date, sources: list[Source]) -> list[tuple[str, str, bool, int]]:
    """The days of the week, as tabs; Saturday only when somebody has lessons, or when it is looked at."""
    monday = on - on.weekday() * ONE_DAY
    shown = max(5, on.isoweekday(), SATURDAY if has_lessons_on(SATURDAY, sources) else 0)
    days = [monday + n * ONE_DAY for n in range(shown)]
    return [
        (
            _("%(day)s %(number)s") % {"day": capfirst(DAYS[each.weekday()]), "number": day_number(each)},
            _address(each),
            each == on,
            0,
        )
        for each in days
    ]


def _address(day: dt.date) -> str:
    return f"?jour={day}"
