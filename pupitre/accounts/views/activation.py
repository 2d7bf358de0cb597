"""First connection, step by step: the code, a proof, a password. What was proved stays in a sealed cookie."""

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.accounts.entering import enter
from pupitre.accounts.forms import CodeForm, FirstPasswordForm, ProofForm
from pupitre.accounts.models import ActivationCode
from pupitre.accounts.passwords import shortest_for
from pupitre.accounts.services import activation as steps

COOKIE, _SALT, HALF_AN_HOUR = "pupitre_activation", "pupitre.activation", 30 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _begin(request, form.cleaned_data["code"])
    return _code_page(request, form, status=422 if request.method == "POST" else 200)


@never_cache
@require_safe
def scanned(request: HttpRequest, typed: str) -> HttpResponse:
    return _begin(request, typed)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    try:
        kept, _proved = _under_way(request)
    except steps.CodeRefused as refusal:
        return _refused(request, refusal)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and (not kept.proof_dates or form.is_valid()):
        try:
            if not kept.proof_dates or steps.prove(kept, form.cleaned_data["date"]):
                return _keep(request, redirect("accounts:first_password"), kept, proved=True)
        except steps.CodeRefused as refusal:
            return _refused(request, refusal)
        form.add_error(None, _wrong_date(kept))
    context = {"form": form, "code": kept, "tu": kept.is_student}
    return render(request, "accounts/proof.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    try:
        kept, proved = _under_way(request)
    except steps.CodeRefused as refusal:
        return _refused(request, refusal)
    if not proved:
        return redirect("accounts:proof")
    form = FirstPasswordForm(request.POST or None, user=kept.user, initial={"email": kept.user.email})
    if request.method == "POST" and form.is_valid():
        try:
            user = steps.activate(kept, password=form.cleaned_data["password"], email=form.cleaned_data["email"])
        except steps.CodeRefused as refusal:
            return _refused(request, refusal)
        response = enter(request, user, HttpResponseRedirect("/"), quietly=True)
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    context = {"form": form, "code": kept, "tu": kept.is_student, "shortest": shortest_for(kept.user)}
    return render(request, "accounts/first_password.html", context, status=422 if request.method == "POST" else 200)


def _begin(request: HttpRequest, typed: str) -> HttpResponse:
    try:
        found = steps.code_typed(typed)
    except steps.CodeRefused as refusal:
        return _refused(request, refusal, typed)
    return _keep(request, redirect("accounts:proof"), found, proved=False)


def _keep(request: HttpRequest, response: HttpResponse, code: ActivationCode, *, proved: bool) -> HttpResponse:
    sealed = dumps([code.pk, proved], salt=_SALT)
    response.set_cookie(
        COOKIE, sealed, max_age=HALF_AN_HOUR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _under_way(request: HttpRequest) -> tuple[ActivationCode, bool]:
    try:
        code_id, proved = loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=HALF_AN_HOUR)
    except (BadSignature, ValueError):
        raise steps.CodeRefused from None
    return steps.code_kept(code_id), bool(proved)


def _refused(request: HttpRequest, refusal: steps.CodeRefused, typed: str = "") -> HttpResponse:
    form = CodeForm({"code": typed})
    form.is_valid()
    form.errors.clear()
    form.add_error("code", _why(refusal))
    return _code_page(request, form, status=422)


def _code_page(request: HttpRequest, form: CodeForm, status: int) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "is_used": False}
    return render(request, "accounts/code.html", context, status=status)


def _why(refusal: steps.CodeRefused) -> str:
    sentences: dict[type[steps.CodeRefused], str] = {
        steps.CodeRefused: _("Le temps de cette étape est passé. Tapez de nouveau le code de la fiche."),
        steps.UnknownCode: _(
            "Ce code n’est pas connu. Il a huit caractères, sans chiffre 0 ni 1, par exemple : 7KPM-4XQ2. "
            "Si une fiche plus récente a été donnée, seule la dernière compte."
        ),
        steps.UsedCode: _(
            "Ce code a déjà servi. Le compte s’ouvre maintenant avec son identifiant et son mot de passe."
        ),
        steps.ExpiredCode: _(
            "Ce code a plus de trois mois : il ne sert plus. L’établissement peut en imprimer un autre."
        ),
        steps.BlockedCode: _(
            "La date donnée était fausse trop de fois : ce code est bloqué. L’établissement peut en imprimer un autre."
        ),
        steps.ClosedAccount: _("Ce compte est suspendu. Le secrétariat de l’établissement peut dire pourquoi."),
    }
    return sentences[type(refusal)]


def _wrong_date(code: ActivationCode) -> str:
    left = steps.MOST_FAILURES - code.failures
    tries = ngettext("Il reste un essai.", "Il reste %(count)s essais.", left) % {"count": left}
    what = _("Ce n’est la date de naissance d’aucun des enfants de la fiche.") if code.proof_is_child else _(
        "Ce n’est pas la date de naissance qui va avec cette fiche."
    )  # fmt: skip
    return f"{what} {tries}"
