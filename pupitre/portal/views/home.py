"""The home page: one request, one statement per school, or none when nothing has changed since the last view."""

import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import replace
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
from pupitre.portal.arrangement import arranged, imports_within
from pupitre.portal.blocks import Block, blocks_of, profile_of
from pupitre.portal.cards import Home
from pupitre.portal.frame import FAMILY, arrange_url, place_of
from pupitre.portal.homes import home_of
from pupitre.portal.homes.family import family_home
from pupitre.portal.homes.mail import with_head
from pupitre.portal.homes.moment import Moment, local_now, true_until
from pupitre.portal.homes.outside import outside_cards, stale_at
from pupitre.portal.layout import Layout, own_layout, school_layout
from pupitre.portal.queries import HomeRows, home_rows
from pupitre.portal.services import note_visit
from pupitre.portal.views.notices import notice_of
from pupitre.timetable.queries import Child, Lesson, TaughtDay, school_day

Read = tuple[Actor, HomeRows, Moment]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/`: the home of whoever is signed in."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(settings.LOGIN_URL)
    if not identity.roles:
        return render(request, "portal/nowhere.html")
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
    page, until = _compose(identity, place)
    response = render(request, "portal/home.html", {"home": page, "place": place, "notice": notice_of(request)})
    return _private(response, f'W/"{seal}-{until}"' if until else "")


def _compose(identity: Identity, place: str) -> tuple[Home, int | None]:
    """The page, and the minute (local, since the year 1) until which it stays true if nothing changes.

    A page with a part that could not be read is never said to be true.
    """
    now = local_now()
    read = [_school(actor, identity, now) for actor in _actors(identity, place)]
    if not read:
        raise Http404
    page = family_home(identity, read) if place == FAMILY else home_of(identity, *read[0])
    is_whole = all(rows.is_whole for _actor, rows, _moment in read)
    layout = _layout(read)
    # A person may have left the work out of their page: the tools then say all they have to.
    told = page.work.told if page.work and Block.WORK in layout.shown else frozenset()
    page = replace(with_head(page, read), outside=outside_cards(identity, read, told))
    return _arranged(page, read, layout, place), min(map(_until, read)) if is_whole else None


def _actors(identity: Identity, place: str) -> list[Actor]:
    """The person acting in the school of a place, or as a guardian in each of theirs."""
    if place == FAMILY:
        return identity.actors_as(Profile.GUARDIAN)
    actor = identity.actor(place)
    return [actor] if actor else []


def _school(actor: Actor, identity: Identity, now: dt.datetime) -> Read:
    stamp = identity.stamp_of(actor.uai)
    day = school_day(actor.establishment_id, stamp, now)
    return actor, home_rows(actor, day=day, now=now, stamp=stamp), Moment(now, day)


def _layout(read: list[Read]) -> Layout:
    """The order that Pupitre, the schools, then the person give the blocks."""
    actor, rows, _moment = read[0]
    blocks = blocks_of(actor.profiles, actor.capabilities)
    return own_layout(school_layout(blocks, [each.layouts.school for _a, each, _m in read]), rows.layouts.own)


def _arranged(page: Home, read: list[Read], layout: Layout, place: str) -> Home:
    """The page in that order."""
    actor, rows, moment = read[0]
    profile, own, today = profile_of(actor.profiles), rows.layouts.own, moment.now.date()
    page = replace(page, arrange_url=arrange_url(place) if len(layout.order) > 1 else "")
    page = imports_within(page, own.imports_since(today) if own else None)
    if own and own.is_to_note(today):
        note_visit(person_id=actor.person_id, profile=profile, today=today)
    failed = [key for _actor, each, _moment in read for key in each.failed]
    knows_actions = all(each.knows_actions for _actor, each, _moment in read)
    return arranged(page, layout, profile, failed=failed, knows_actions=knows_actions)


def _until(read: Read) -> int:
    _actor, rows, moment = read
    lessons = [lesson for part in rows.parts.values() for lesson in _lessons(part)]
    until = true_until(lessons, moment, rows.parts.get("timetable.bells", ()))
    return min(map(_minute, (until, *stale_at(rows, moment.now))))


def _lessons(part: object) -> Iterator[Lesson]:
    """The lessons that a part shows, whoever they are for."""
    if isinstance(part, Lesson):
        yield part
    elif isinstance(part, list):
        for each in part:
            yield from _lessons(each)
    elif isinstance(part, Child | TaughtDay):
        yield from part.lessons


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
    """Kept by the person's own browser only, and asked again each time; without a tag, made again each time."""
    if tag:
        response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie",))
    return response
