"""What comes after a right password: the second factor when there is one, then where the person was going."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from pupitre.accounts.entering import enter, is_held, safe_path
from pupitre.accounts.forms_factors import VerifyForm
from pupitre.accounts.held import hold
from pupitre.accounts.kept import opened
from pupitre.accounts.models import User
from pupitre.accounts.services.factors import factors_of
from pupitre.accounts.services.passkeys import ask_for_known


def enter_where(
    request: HttpRequest,
    user: User,
    asked: str,
    sealed: str,
    *,
    factor: str = "",
    quietly: bool = False,
    facts: dict[str, str] | None = None,
) -> HttpResponse:
    """Lead where the person was going; what they were sending (`sealed`) is given back to them and to nobody else."""
    kept = opened(sealed)
    if kept is None or kept.user_id not in (None, user.pk):
        return enter(
            request, user, HttpResponseRedirect(safe_path(request, asked)), factor=factor, quietly=quietly, facts=facts
        )
    if not factor and is_held(request, user):
        form = VerifyForm(initial={"next": safe_path(request, asked), "kept": sealed})
        return hold(verification_page(request, user, form), user, quietly=quietly)
    # First the session, since the page carries the token of the new one.
    response = enter(request, user, HttpResponse(), factor=factor, quietly=quietly, facts=facts)
    if response.has_header("Location"):
        return response
    page = render(request, "accounts/resume.html", {"kept": kept, "who": user.pk, "at_once": kept.user_id == user.pk})
    response.content = page.content
    return response


def verification_page(request: HttpRequest, user: User, form: VerifyForm, *, status: int = 200) -> HttpResponse:
    """Asks for the second factor of an account whose password was right."""
    known = factors_of(user)
    options, ticket = ask_for_known(user, origin_of(request)) if known.passkeys else ("", "")
    context = {"form": form, "known": known, "options": options, "ticket": ticket, "username": user.username}
    return render(request, "accounts/verify.html", context, status=status)


def origin_of(request: HttpRequest) -> str:
    """This site as its visitors write it, to which keys are bound: « https://ent.exemple.fr »."""
    return f"{request.scheme}://{request.get_host()}"
