from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.directory.identity import Identity
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.notifications.carriers.push import public_key
from pupitre.notifications.forms import MuteForm, RhythmsForm, TimesForm
from pupitre.notifications.kinds import Audience, audience_of
from pupitre.notifications.models import Mute
from pupitre.notifications.queries import Child, authors_of, browsers_of, children_of
from pupitre.notifications.screens import kinds_for, lines_for
from pupitre.notifications.services.choices import choose_rhythms, choose_times, forget_rhythms, mute, unmute
from pupitre.notifications.views import signed_in
from pupitre.notifications.wishes import DAILY_AT, SchoolRules, Wishes, rules_of, wishes_of
from pupitre.notifications.words import sentence_of


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody chooses for: themselves, or one of their children (`child`), in the school that this concerns."""

    identity: Identity
    children: list[Child]
    child: Child | None
    wishes: Wishes
    school: SchoolRules

    @property
    def profiles(self) -> frozenset[str]:
        """As what somebody is told of this."""
        if self.child is not None:
            return frozenset({Profile.GUARDIAN})
        return frozenset(role.profile for role in self.identity.roles or ())

    @property
    def audience(self) -> Audience:
        return audience_of(self.profiles)

    @property
    def child_id(self) -> int | None:
        return self.child.id if self.child else None

    @property
    def silences(self) -> list[Mute]:
        """Those that still hold, the first to end first."""
        now = clock.now()
        return sorted((each for each in self.wishes.mutes if each.until_at > now), key=lambda each: each.until_at)

    @property
    def address(self) -> str:
        asked = {"enfant": self.child.id} if self.child else {}
        return (
            f"{reverse('notifications:preferences')}?{urlencode(asked)}"
            if asked
            else reverse("notifications:preferences")
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    mine = _mine(request)
    if request.method != "POST":
        return _page(request, mine)
    if "reset" in request.POST:
        forget_rhythms(person_id=mine.identity.person, child_id=mine.child_id)
        return _back(mine, "origine")
    form = RhythmsForm(request.POST, lines=_lines(mine))
    if not form.is_valid():
        return _page(request, mine, rhythms=form, status=422)
    choose_rhythms(person_id=mine.identity.person, child_id=mine.child_id, rhythms=form.rhythms())
    return _back(mine, "choix")


@require_POST
@signed_in
def times(request: HttpRequest) -> HttpResponse:
    mine = _mine(request)
    form = TimesForm(request.POST, works=_works(mine))
    if not form.is_valid():
        return _page(request, mine, times=form, status=422)
    choose_times(person_id=mine.identity.person, **form.cleaned_data)
    return _back(mine, "heures")


@require_POST
@signed_in
def silence(request: HttpRequest) -> HttpResponse:
    mine = _mine(request)
    form = _mute_form(mine, request.POST)
    if not form.is_valid():
        return _page(request, mine, muting=form, status=422)
    data = form.cleaned_data
    mute(
        person_id=mine.identity.person,
        until=form.until(clock.now()),
        kind=data["kind"],
        child_id=data.get("child"),
        author=form.by_whom(),
    )
    return _back(mine, "silence")


@require_POST
@signed_in
def end_silence(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request)
    unmute(person_id=mine.identity.person, mute_id=pk)
    return _back(mine, "parole")


def _mine(request: HttpRequest) -> Mine:
    """What is chosen for; at most eight statements. Raises Http404 for a child of somebody else."""
    identity = cast(DirectoryRequest, request).identity
    children = children_of(identity.person) if identity.is_guardian else []
    asked = request.GET.get("enfant", "")
    child = next((each for each in children if str(each.id) == asked), None)
    if asked and child is None:
        raise Http404
    schools = [roles[0].establishment for roles in identity.schools.values()]
    if not schools:
        raise Http404
    wishes = wishes_of([identity.person]).get(identity.person, Wishes())
    return Mine(identity, children, child, wishes, rules_of(child.establishment_id if child else schools[0]))


def _lines(mine: Mine) -> Any:
    return lines_for(
        audience=mine.audience, profiles=mine.profiles, child_id=mine.child_id, wishes=mine.wishes, school=mine.school
    )


def _works(mine: Mine) -> bool:
    return bool(mine.identity.working_schools) and mine.audience == Audience.STAFF


def _mute_form(mine: Mine, data: Any = None, **initial: Any) -> MuteForm:
    return MuteForm(
        data,
        children=mine.children,
        kinds=[(kind.key, str(kind.label)) for kind in kinds_for(mine.profiles)],
        authors=authors_of(mine.identity.person),
        initial=initial,
        auto_id="silence_%s",
    )


def _times_form(mine: Mine) -> TimesForm:
    chosen = mine.wishes.schedule
    daily_at = chosen.daily_at or DAILY_AT[mine.audience]
    initial = {
        "daily_at": daily_at.isoformat("minutes"), "weekly_day": chosen.weekly_day, "is_weekly_only": chosen.is_weekly_only,
        "opens_at": chosen.opens_at, "closes_at": chosen.closes_at, "working_days": chosen.working_days,
    }  # fmt: skip
    return TimesForm(initial=initial, works=_works(mine))


def _page(
    request: HttpRequest,
    mine: Mine,
    *,
    rhythms: RhythmsForm | None = None,
    times: TimesForm | None = None,
    muting: MuteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "mine": mine,
        "rhythms": rhythms or RhythmsForm(lines=_lines(mine)),
        "times": times or _times_form(mine),
        "muting": muting or _mute_form(mine, author=request.GET.get("auteur", "")),
        "wrong": rhythms or times or muting,
        "mutes": mine.silences,
        "names": {child.id: child.name for child in mine.children},
        "labels": {kind.key: str(kind.label) for kind in kinds_for(mine.profiles)},
        "browsers": browsers_of(mine.identity.person),
        "session_key": request.session.session_key,
        "sentence": sentence_of(mine.school.hours),
        "vapid_key": public_key(),
        "said": request.GET.get("fait", ""),
    }
    return render(request, "notifications/preferences.html", context, status=status)


def _back(mine: Mine, done: str) -> HttpResponse:
    join = "&" if "?" in mine.address else "?"
    return HttpResponseRedirect(f"{mine.address}{join}fait={done}")
