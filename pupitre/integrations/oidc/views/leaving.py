"""Leaving from a service (OpenID Connect RP-Initiated Logout 1.0)."""

from urllib.parse import quote

from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.services.keys import audience_of
from pupitre.integrations.services.addresses import with_parameter


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; go back to the service (`client_id`, or `id_token_hint`) only where it said beforehand."""
    asked = request.GET if request.method != "POST" else request.POST
    if request.method != "HEAD":
        end_session(request)
    uri, state = asked.get("post_logout_redirect_uri", ""), asked.get("state", "")
    name = asked.get("client_id", "") or audience_of(asked.get("id_token_hint", ""))
    if uri and _may_go_back(name, uri):
        response: HttpResponse = HttpResponseRedirect(
            with_parameter(uri, "state", quote(state[:500], safe="")) if state else uri
        )
    else:
        response = render(request, "services/signed_out.html")
    response["Clear-Site-Data"] = '"cache"'
    return response


def _may_go_back(client_id: str, uri: str) -> bool:
    if "\x00" in client_id + uri:
        return False
    known = Client.objects.filter(client_id=client_id, service__ended_at=None)
    return known.filter(logout_uris__contains=[uri]).exists()
