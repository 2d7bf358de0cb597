"""A tool registers by itself: whoever looks after services opens its page, reads what it says, and accepts it or not."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.lti.forms import AcceptForm, InviteForm
from pupitre.integrations.lti.models import Registration, Tool
from pupitre.integrations.lti.queries import registration_of
from pupitre.integrations.lti.refusals import WRONG_FIELDS
from pupitre.integrations.lti.services.inviting import accept as accept_tool
from pupitre.integrations.lti.services.inviting import decline as decline_tool
from pupitre.integrations.lti.services.inviting import invite as invite_tool
from pupitre.integrations.lti.services.inviting import open_page, said_by
from pupitre.integrations.lti.services.tools import tool_of
from pupitre.integrations.lti.views.entering import discreet
from pupitre.integrations.services.models import Service

_OPENER = "Cross-Origin-Opener-Policy"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    tool = _tool(request, pk)
    form = InviteForm(request.POST if request.method == "POST" else None, tool=tool)
    if form.is_bound and form.is_valid():
        invite_tool(tool=tool, address=form.cleaned_data["adresse"], actor=request.actor)
        return redirect("lti_of_school:invite", uai=uai, pk=pk)
    mine = registration_of(request.actor, tool)
    said = said_by(mine) if mine else None
    context = {
        "uai": uai,
        "service": tool.service,
        "tool": tool,
        "form": form,
        "mine": mine,
        "said": said,
        "refused": WRONG_FIELDS.get(mine.refused, mine.refused) if mine else "",
        "accepting": AcceptForm(initial={"notes": True, "membres": tool.may_list}),
    }
    response = render(request, "lti/invite.html", context, status=422 if form.errors else 200)
    response._csp_update = {"form-action": [tool.service.origin]}  # type: ignore[attr-defined]
    # The page of the tool, in a window of its own, says to this one that it is done.
    response[_OPENER] = "same-origin-allow-popups"
    return response


@require_POST
def lead(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """To the page of the tool, with a token of one use."""
    response = discreet(HttpResponseRedirect(open_page(_mine(request, pk))))
    response[_OPENER] = "unsafe-none"
    return response


@require_POST
def accept(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    mine, form = _mine(request, pk), AcceptForm(request.POST)
    if said_by(mine) is None or not form.is_valid():
        raise Http404
    typed = form.cleaned_data
    accept_tool(mine, actor=request.actor, may_mark=typed["notes"], may_list=typed["membres"])
    return redirect(f"{reverse('lti_of_school:tool', args=[uai, pk])}?dit=enregistre")


@require_POST
def decline(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    decline_tool(_mine(request, pk), actor=request.actor)
    return redirect(f"{reverse('lti_of_school:tool', args=[uai, pk])}?dit=pareil")


def _tool(request: ActorRequest, pk: int) -> Tool:
    services = Service.objects.filter(protocol=Service.Protocol.LTI)
    return tool_of(get_allowed_or_404(request.actor, "services.change_service", services, pk=pk))


def _mine(request: ActorRequest, pk: int) -> Registration:
    tool = _tool(request, pk)
    found = registration_of(request.actor, tool)
    if found is None:
        raise Http404
    found.tool = tool
    return found
