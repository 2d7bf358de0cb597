"""The day of rooms and of equipment, and what is free at some hours."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.booking.display import grid, hours_now
from pupitre.booking.forms import HoursForm, day_sent, kind_sent
from pupitre.booking.policies import BOOK, MANAGE
from pupitre.booking.queries.resources import LETTERS, lesson_hours, resources
from pupitre.booking.queries.taken import taken_on
from pupitre.booking.words import said
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.ui.french import in_paris


@require_safe
def day(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, BOOK)
    on, kind = day_sent(request.GET), kind_sent(request.GET)
    things = resources(LETTERS[kind])
    context = {
        "uai": uai,
        "on": on,
        "before": on - dt.timedelta(days=1),
        "after": on + dt.timedelta(days=1),
        "today": clock.today(),
        "kind": kind,
        "grid": grid(on, lesson_hours(), things, taken_on(things, [on])),
        "manages": request.actor.has(MANAGE),
        "person": request.actor.person_id,
        "done": said(request.GET.get("dit", "")),
    }
    return render(request, "booking/day.html", context)


@require_safe
def free(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, BOOK)
    hours = lesson_hours()
    now = in_paris(clock.now())
    starts, ends = hours_now(hours, now.time().replace(second=0, microsecond=0))
    asked = {"jour": f"{now.date():%Y-%m-%d}", "de": f"{starts:%H:%M}", "a": f"{ends:%H:%M}"}
    asked |= {name: request.GET[name] for name in asked if name in request.GET}
    form = HoursForm(asked)
    found = None
    if form.is_valid():
        on, starts, ends = (form.cleaned_data[name] for name in ("jour", "de", "a"))
        things = [*resources("room"), *resources("equipment")]
        taken = taken_on(things, [on])
        found = [each for each in things if not any(one.meets(starts, ends) for one in taken.get(each.key, ()))]
    context = {"uai": uai, "form": form, "found": found, "hours": hours, "asked": asked}
    return render(request, "booking/free.html", context)
