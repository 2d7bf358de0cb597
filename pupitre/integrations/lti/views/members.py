"""The members of a course (LTI Names and Role Provisioning Services 2.0)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from pupitre.integrations.lti.pages import link_next, page_asked
from pupitre.integrations.lti.queries import link_named
from pupitre.integrations.lti.services.listing import members_of
from pupitre.integrations.lti.services.telling import context_of
from pupitre.integrations.lti.views.access import Answered, Asking, for_tools
from pupitre.integrations.lti.views.line_items import uid_of
from pupitre.integrations.lti.words import MEMBERS, MEMBERS_TYPE


@for_tools
@require_GET
def members(request: HttpRequest, asking: Asking) -> HttpResponse:
    asking.need(MEMBERS)
    wanted = request.GET.get("rlid", "")
    if wanted and link_named(asking.tool, asking.course, uid_of(wanted)) is None:
        raise Answered(404, "unknown_link")
    page = page_asked(request)
    found = members_of(
        course=asking.course,
        connector=asking.connector,
        role=request.GET.get("role", ""),
        page=page.number,
        size=page.size,
    )
    body = {
        "id": request.build_absolute_uri(),
        "context": context_of(asking.uai, asking.course),
        "members": found.members,
    }
    answer = JsonResponse(body, content_type=MEMBERS_TYPE, json_dumps_params={"ensure_ascii": False})
    return link_next(answer, request, page, is_more=found.following is not None)
