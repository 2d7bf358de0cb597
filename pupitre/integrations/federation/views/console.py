"""The providers of an academy: list, add, change, try, shut. For the academy’s people, with a fresh proof to change."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.accounts.signed_in import fresh_proof, signed_in
from pupitre.directory.middleware import DirectoryRequest
from pupitre.integrations.federation.console import REFUSALS, card_of, refusals_of
from pupitre.integrations.federation.forms import EVERYBODY, NewProviderForm, ProviderForm
from pupitre.integrations.federation.looking_after import Keeper, keeper_of
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.services.providers import WrongProvider, register
from pupitre.integrations.federation.services.trying import try_provider
from pupitre.integrations.federation.site import here_for


@never_cache
@require_safe
@signed_in
def providers(request: HttpRequest) -> HttpResponse:
    keeper = _keeper(request)
    rows = keeper.seen().select_related("establishment").order_by("-is_open", "name", "pk")
    context = {"cards": [card_of(each, keeper) for each in rows], "said": request.GET.get("dit", "")}
    return render(request, "federation/providers.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: HttpRequest) -> HttpResponse:
    keeper = _keeper(request)
    form = NewProviderForm(
        *_sent(request), places=_places(keeper), initial={"chiffre": True, "portees": "openid profile email"}
    )
    if request.method == "POST":
        first = fresh_proof(request, back=reverse("federation_console:add"))
        if first is not None:
            return first
        if form.is_valid():
            try:
                made = register(form.cleaned_data["court"], actor=keeper.actor, **form.facts)
            except WrongProvider as wrong:
                form.add_error(None, wrong.words)
            else:
                return _back(made, "ajoute")
    return render(request, "federation/add.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    keeper, found = _found(request, slug)
    may_change = keeper.may_change(found)
    form = ProviderForm(*_sent(request), places=_places(keeper, found), protocol=found.protocol, initial=_known(found))
    if request.method == "POST":
        if not may_change:
            raise Http404
        first = fresh_proof(request, back=reverse("federation_console:provider", args=[slug]))
        if first is not None:
            return first
        if form.is_valid():
            try:
                register(slug, actor=keeper.actor, **_kept_school(found, form.facts))
            except WrongProvider as wrong:
                form.add_error(None, wrong.words)
            else:
                return _back(found, "enregistre")
    context = {
        "card": card_of(found, keeper),
        "provider": found,
        "form": form,
        "here": here_for(request, found),
        "refusals": refusals_of(found),
        "words": REFUSALS,
        "said": request.GET.get("dit", ""),
    }
    return render(request, "federation/provider.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the provider, or shut it: its line leaves the sign-in page, its answers are not believed any more."""
    keeper, found = _changeable(request, slug)
    first = fresh_proof(request, back=reverse("federation_console:provider", args=[slug]))
    if first is not None:
        return first
    is_open = request.POST.get("ouvert") == "oui"
    register(slug, actor=keeper.actor, is_open=is_open)
    return _back(found, "ouvert" if is_open else "ferme")


@require_POST
@signed_in
def attempt(request: HttpRequest, slug: str) -> HttpResponse:
    _keeper_of_it, found = _changeable(request, slug)
    why = try_provider(found)
    return _back(found, f"essai-{why}" if why else "repond")


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _keeper(request: HttpRequest) -> Keeper:
    keeper = keeper_of(cast(DirectoryRequest, request).identity)
    if keeper is None:
        raise Http404
    return keeper


def _found(request: HttpRequest, slug: str) -> tuple[Keeper, Provider]:
    keeper = _keeper(request)
    found = keeper.seen().select_related("establishment").filter(slug=slug).first()
    if found is None:
        raise Http404
    return keeper, found


def _changeable(request: HttpRequest, slug: str) -> tuple[Keeper, Provider]:
    keeper, found = _found(request, slug)
    if not keeper.may_change(found):
        raise Http404
    return keeper, found


def _places(keeper: Keeper, found: Provider | None = None) -> list[tuple[str, str]]:
    if found is not None and found.establishment is not None:
        return [("", found.establishment.name)]
    everybody = [(EVERYBODY, _("Tous les établissements de ce serveur"))] if keeper.has_all else []
    return [*((each, _("Académie %(n)s") % {"n": each}) for each in keeper.academies), *everybody]


def _kept_school(found: Provider, facts: dict[str, Any]) -> dict[str, Any]:
    """A provider of one school stays so; no certificate given keeps those that are there."""
    return facts | ({"academy": ""} if found.establishment_id else {})


def _known(found: Provider) -> dict[str, Any]:
    place = "" if found.establishment_id else found.academy or EVERYBODY
    return {
        "nom": found.name, "public": found.kind, "pour": place, "adresse": found.issuer, "client": found.client_id,
        "portees": found.scopes, "chiffre": found.is_encrypted,
    }  # fmt: skip


def _back(found: Provider, said: str) -> HttpResponse:
    return redirect(f"{reverse('federation_console:provider', args=[found.slug])}?dit={said}")
