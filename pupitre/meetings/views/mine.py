"""The evenings of a person, in all their schools."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.meetings.models import Meeting, MeetingTeacher
from pupitre.meetings.policies import MANAGE


@dataclass(frozen=True, slots=True)
class Evening:
    """An evening in a list: `receiving` when the reader is one of its teachers, `invited` when a guardian of it."""

    meeting: Meeting
    uai: str
    school: str
    manages: bool
    receiving: int | None
    invited: bool

    @property
    def is_over(self) -> bool:
        return self.meeting.held_on < clock.today()


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")
    found: list[Evening] = []
    managed = []
    for uai, roles in identity.schools.items():
        actor = identity.actor(uai)
        if actor is None or not _takes_part(actor):
            continue
        name = roles[0].short_name or roles[0].name
        managed += [(name, uai)] if actor.has(MANAGE) else []
        with scope(actor.establishment_id):
            found += _of_school(actor, name)
    context = {
        "evenings": sorted(found, key=lambda each: (each.is_over, each.meeting.held_on), reverse=False),
        "several": len(identity.schools) > 1,
        "managed": managed,
    }
    return render(request, "meetings/mine.html", context)


def _takes_part(actor: Actor) -> bool:
    return bool({Profile.GUARDIAN, Profile.TEACHER} & actor.profiles) or actor.has(MANAGE)


def _of_school(actor: Actor, school: str) -> list[Evening]:
    rows = list(allowed(actor, "meetings.view_meeting", Meeting.objects.all()).order_by("-held_on")[:20])
    places = dict(
        MeetingTeacher.objects.filter(meeting__in=rows, person=actor.person_id).values_list("meeting_id", "pk")
    )
    invited = set()
    if Profile.GUARDIAN in actor.profiles:
        invited = set(
            allowed(
                actor, "meetings.join_meeting", Meeting.objects.filter(pk__in=[each.pk for each in rows])
            ).values_list("pk", flat=True)
        )
    return [
        Evening(each, actor.uai, school, actor.has(MANAGE), places.get(each.pk), each.pk in invited) for each in rows
    ]
