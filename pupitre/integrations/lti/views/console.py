"""How a tool is set to speak LTI with us."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.lti.forms import ToolForm
from pupitre.integrations.lti.services.tools import set_tool, tool_of
from pupitre.integrations.oidc.services.telling import issuer
from pupitre.integrations.services.models import Service


@require_http_methods(["GET", "HEAD", "POST"])
def tool(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    services = Service.objects.filter(protocol=Service.Protocol.LTI)
    known = tool_of(get_allowed_or_404(request.actor, "services.change_service", services, pk=pk))
    form = ToolForm(request.POST if request.method == "POST" else None, tool=known)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        set_tool(
            known,
            actor=request.actor,
            login_url=typed["connexion"],
            redirect_uris=typed["retours"],
            target_url=typed["cible"],
            picking_url=typed["choix"],
            jwks_url=typed["cles"],
            keys=typed["cle"],
            may_mark=typed["notes"],
            may_list=typed["membres"],
        )
        return redirect(f"{reverse('lti_of_school:tool', args=[uai, pk])}?dit=enregistre")
    me = issuer()
    copied: dict[str, Any] = {
        "issuer": me,
        "authorize": me + reverse("lti:authorize"),
        "token": me + reverse("lti:token"),
        "jwks": me + reverse("oidc:jwks"),
    }
    context = {
        "uai": uai, "tool": known, "service": known.service, "form": form, "copied": copied,
        "said": request.GET.get("dit", ""),
    }  # fmt: skip
    return render(request, "lti/tool.html", context, status=422 if form.errors else 200)
