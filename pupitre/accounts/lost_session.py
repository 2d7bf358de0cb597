"""A form sent after the session ended: the person signs in again in place, and nothing of what they typed is lost."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render

from pupitre.accounts.forms import SignInForm
from pupitre.accounts.kept import keep


def answer_lost_session(request: HttpRequest) -> HttpResponse:
    """Ask who it is, keeping the form. What another site would have sent in somebody's name is refused first."""
    refusal = CsrfViewMiddleware(lambda _request: HttpResponse()).process_view(request, _no_view, (), {})
    if refusal is not None:
        return refusal
    kept = keep(request)
    form = SignInForm(initial={"kept": kept.sealed()})
    response = render(request, "accounts/lost_session.html", {"form": form, "had_files": kept.had_files}, status=401)
    response["WWW-Authenticate"] = 'Cookie realm="Pupitre"'
    if "HX-Request" in request.headers:
        # htmx swaps a 422, and here the whole page changes.
        response.status_code = 422
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def _no_view(_request: HttpRequest) -> HttpResponse:
    """Stands for the view in the check of the CSRF token."""
    return HttpResponse()
