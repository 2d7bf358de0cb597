"""What a teacher picked in the tool comes back, signed by it (LTI Deep Linking 2.0)."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pupitre.accounts.models import Session
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import Launch, Tool
from pupitre.integrations.lti.queries import actor_here, connector_of, course_taught, registered
from pupitre.integrations.lti.refusals import NotLed, NotProved
from pupitre.integrations.lti.services.leading import returned
from pupitre.integrations.lti.services.outcomes import note_failure
from pupitre.integrations.lti.services.placing import contents_of, place
from pupitre.integrations.lti.services.proving import proved, spend
from pupitre.integrations.lti.services.tools import ElsewhereAddress
from pupitre.integrations.lti.views.entering import discreet, stay
from pupitre.integrations.lti.words import CLAIM, DL_CLAIM, PICKED
from pupitre.integrations.oidc.services.telling import issuer
from pupitre.integrations.services.addresses import WrongAddress

_log = logging.getLogger(__name__)


@never_cache
@csrf_exempt
@require_POST
def picked(request: HttpRequest, client_id: str) -> HttpResponse:
    """Place what was picked. The browser comes from the tool, without our cookie: `data` says whose choice this is, once."""
    tool = None
    try:
        tool = registered(client_id)
        if tool is None:
            raise NotLed("unknown")
        claims = _claims(tool, request.POST.get("JWT", ""))
        launch = returned(tool, str(claims.get(f"{DL_CLAIM}/data", "")))
        launch.tool = tool
        return discreet(HttpResponseRedirect(_placed(launch, claims)))
    except NotProved as no:
        _log.warning("LTI: tool %s, picked contents refused, %s", client_id[:40], no)
        if tool is not None:
            note_failure(tool, "keys" if str(no) == "keys" else "proof")
        return stay(request, NotLed("unproved"), tool)
    except (WrongAddress, ElsewhereAddress):
        if tool is not None:
            note_failure(tool, "elsewhere")
        return stay(request, NotLed("elsewhere"), tool)
    except NotLed as no:
        return stay(request, no, tool)


def _claims(tool: Tool, token: str) -> dict[str, Any]:
    claims = proved(tool, token, audience=issuer())
    if claims.get(f"{CLAIM}/message_type") != PICKED or claims.get(f"{CLAIM}/version") != "1.3.0":
        raise NotProved("type")
    spend(tool, claims, "nonce")
    return claims


def _placed(launch: Launch, claims: dict[str, Any]) -> str:
    school = Establishment.objects.get(pk=launch.establishment_id)
    if claims.get(f"{CLAIM}/deployment_id") != school.uai:
        raise NotProved("deployment")
    # Signed out since: nobody is there any more to have picked.
    if not Session.objects.filter(session_key=launch.session_key, expire_date__gt=clock.now()).exists():
        raise NotLed("stale")
    with scope(school.pk):
        actor = actor_here(launch.person_id, school)
        return _in_course(launch, actor, claims)


def _in_course(launch: Launch, actor: Actor, claims: dict[str, Any]) -> str:
    course = course_taught(actor, launch.course_id)
    if course is None or connector_of(actor, launch.tool) is None:
        raise NotLed("closed")
    contents = contents_of(claims.get(f"{DL_CLAIM}/content_items"), launch.tool)
    placed = place(course=course, tool=launch.tool, contents=contents, actor=actor)
    return f"{reverse('lti_of_school:links', args=[actor.uai])}?dit={'place' if placed else 'rien'}"
