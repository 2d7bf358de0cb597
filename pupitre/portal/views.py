"""The home page: one request, one statement per school, or none when nothing has changed since the last view."""

import datetime as dt
import zlib
from collections.abc import Iterator
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from pupitre.directory.identity import Identity
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.display import COOKIE as DISPLAY_COOKIE
from pupitre.portal.cards import Home
from pupitre.portal.frame import FAMILY, place_of
from pupitre.portal.homes import home_of
from pupitre.portal.homes.family import family_home
from pupitre.portal.homes.moment import Moment, local_now, true_until
from pupitre.portal.queries import HomeRows, home_rows
from pupitre.timetable.queries import Child, Lesson, school_day


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/`: the home of whoever is signed in."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(settings.LOGIN_URL)
    return _answer(request, identity, place_of(identity))


@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """`/famille/`: the children of a guardian who also works in a school."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")
    if not identity.is_guardian:
        raise Http404
    return _answer(request, identity, FAMILY)


@require_safe
def school(request: HttpRequest, place: str) -> HttpResponse:
    """`/<uai>/`: the home in one school. It asks for its rows outside any transaction, hence no `uai` argument."""
    identity = cast(DirectoryRequest, request).identity
    uai = place.upper()
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")
    if uai not in identity.schools:
        raise Http404
    return _answer(request, identity, uai if uai in identity.working_schools else FAMILY)


def _answer(request: HttpRequest, identity: Identity, place: str) -> HttpResponse:
    seal = _seal(request, identity, place)
    if _is_fresh(request.headers.get("If-None-Match", ""), seal):
        return _private(HttpResponseNotModified(), request.headers["If-None-Match"])
    page, true_until = _compose(identity, place)
    response = render(request, "portal/home.html", {"home": page, "place": place})
    return _private(response, f'W/"{seal}-{true_until}"')


def _compose(identity: Identity, place: str) -> tuple[Home, int]:
    """The page, and the minute (local, since the year 1) until which it stays true if nothing changes."""
    now = local_now()
    if place == FAMILY:
        schools = [_school(actor, identity, now) for actor in identity.actors_as(Profile.GUARDIAN)]
        if not schools:
            raise Http404
        return family_home(identity, schools), min(_until(rows, moment) for _actor, rows, moment in schools)
    actor = identity.actor(place)
    if actor is None:
        raise Http404
    _same, rows, moment = _school(actor, identity, now)
    return home_of(identity, actor, rows, moment), _until(rows, moment)


def _school(actor: Actor, identity: Identity, now: dt.datetime) -> tuple[Actor, HomeRows, Moment]:
    stamp = identity.stamp_of(actor.uai)
    day = school_day(actor.establishment_id, stamp, now)
    return actor, home_rows(actor, day=day, now=now), Moment(now, day)


def _until(rows: HomeRows, moment: Moment) -> int:
    lessons = [lesson for part in rows.parts.values() if isinstance(part, list) for lesson in _lessons(part)]
    return _minute(true_until(lessons, moment))


def _lessons(part: list[object]) -> Iterator[Lesson]:
    for each in part:
        if isinstance(each, Lesson):
            yield each
        elif isinstance(each, Child):
            yield from each.lessons


def _minute(instant: dt.datetime) -> int:
    return instant.toordinal() * 1440 + instant.hour * 60 + instant.minute


def _seal(request: HttpRequest, identity: Identity, place: str) -> str:
    """What the page depends on besides the hour: who, their rights and stamps, how they like pages, the release."""
    looks = f"{request.COOKIES.get(DISPLAY_COOKIE)}|{request.COOKIES.get(settings.CSRF_COOKIE_NAME)}|{settings.RELEASE}"
    return f"{place}.{identity.version}.{zlib.crc32(looks.encode()):x}"


def _is_fresh(known: str, seal: str) -> bool:
    """Whether the page the browser holds is still true: same seal, and its hour not passed."""
    prefix, _, until = known.removeprefix('W/"').removesuffix('"').rpartition("-")
    return prefix == seal and until.isdigit() and _minute(local_now()) < int(until)


def _private(response: HttpResponse, tag: str) -> HttpResponse:
    """Kept by the person's own browser only, and asked again each time."""
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie",))
    return response
