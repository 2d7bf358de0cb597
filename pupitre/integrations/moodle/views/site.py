"""The Moodle of a school: linking it, its settings, how it goes."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.directory.middleware import opens_its_school
from pupitre.establishments.scope import scope
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.moodle.client import Moodle, MoodleFailure
from pupitre.integrations.moodle.failures import FAILURES, FUNCTIONS
from pupitre.integrations.moodle.forms import LinkForm, SettingsForm, TokenForm, initial_of
from pupitre.integrations.moodle.models import Account, LinkedCourse, Site
from pupitre.integrations.moodle.policies import MANAGE
from pupitre.integrations.moodle.queries.reports import reports_of_school
from pupitre.integrations.moodle.services.linking import (
    Introduced,
    change_token,
    introduce,
    keep_nightly,
    link_moodle,
    set_site,
    try_site,
    unlink_moodle,
)
from pupitre.integrations.moodle.services.marking import ask_for_marks

_SHOWN_REPORTS = 10


@opens_its_school
@require_http_methods(["GET", "HEAD", "POST"])
def site(request: ActorRequest, uai: str) -> HttpResponse:
    """Nothing is open in the database while Moodle is asked who it is, here and below."""
    school = request.actor.establishment_id
    with scope(school):
        require(request.actor, MANAGE)
        known = _linked()
        if known is not None:
            return redirect("moodle:site", uai=uai) if request.method == "POST" else page_of(request, known)
        form = LinkForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return _link_page(request, form)
    told = _introduced(form, form.cleaned_data["adresse"])
    with scope(school):
        if told is None:
            return _link_page(request, form)
        if _linked() is not None:
            return redirect("moodle:site", uai=uai)
        typed = form.cleaned_data
        link_moodle(
            actor=request.actor,
            url=typed["adresse"],
            token=typed["jeton"],
            told=told,
            profiles=typed["profils"],
            with_courses=typed["cours"],
        )
    return _back(uai, "relie")


@opens_its_school
@require_POST
def token(request: ActorRequest, uai: str) -> HttpResponse:
    school = request.actor.establishment_id
    with scope(school):
        known = _site(request)
    form = TokenForm(request.POST)
    told = _introduced(form, known.url) if form.is_valid() else None
    with scope(school):
        if told is None:
            return page_of(request, known, token_form=form)
        change_token(known, actor=request.actor, token=form.cleaned_data["jeton"], told=told)
    return _back(uai, "jeton")


@require_POST
def change(request: ActorRequest, uai: str) -> HttpResponse:
    known = _site(request)
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return page_of(request, known, form=form)
    typed = form.cleaned_data
    set_site(
        known,
        actor=request.actor,
        is_on=typed["tenu"],
        applies_alone=typed["seul"],
        with_courses=typed["cours"],
        tells=typed["lire"],
        reads_marks=typed["notes"],
        most_suspended=typed["seuil"],
    )
    return _back(uai, "enregistre")


@require_POST
def switch(request: ActorRequest, uai: str) -> HttpResponse:
    is_on = request.POST.get("tenu") == "oui"
    keep_nightly(_site(request), actor=request.actor, is_on=is_on)
    return _back(uai, "chaque-nuit" if is_on else "a-la-demande")


@opens_its_school
@require_POST
def attempt(request: ActorRequest, uai: str) -> HttpResponse:
    with scope(request.actor.establishment_id):
        known = _site(request)
    return _back(uai, "echec" if try_site(known) else "repond")


@require_POST
def marks(request: ActorRequest, uai: str) -> HttpResponse:
    known = _site(request)
    if not known.reads_marks:
        raise Http404
    return _back(uai, "notes" if ask_for_marks(known, actor=request.actor) else "notes-deja")


@require_POST
def unlink(request: ActorRequest, uai: str) -> HttpResponse:
    unlink_moodle(_site(request), actor=request.actor)
    return _back(uai, "delie")


def page_of(
    request: ActorRequest, known: Site, *, form: SettingsForm | None = None, token_form: TokenForm | None = None
) -> HttpResponse:
    """The page of a linked Moodle; a form that comes back is given."""
    wrong = form is not None or token_form is not None
    context: dict[str, Any] = {
        "uai": request.actor.uai,
        "site": known,
        "service": known.connector.service,
        "form": form or SettingsForm(initial=initial_of(known)),
        "token_form": token_form or TokenForm(),
        "failures": FAILURES,
        "missing": [(name, FUNCTIONS.get(name, "")) for name in known.missing],
        "old": Introduced(known.name, known.release, []).is_old,
        "accounts": Account.objects.filter(site=known, is_suspended=False).count(),
        "courses": LinkedCourse.objects.filter(site=known).count(),
        "reports": reports_of_school()[:_SHOWN_REPORTS],
        "cas_url": f"{settings.SITE_URL}/cas",
        "said": request.GET.get("dit", ""),
    }
    return render(request, "moodle/site.html", context, status=422 if wrong else 200)


def _link_page(request: ActorRequest, form: LinkForm) -> HttpResponse:
    context = {"uai": request.actor.uai, "form": form}
    return render(request, "moodle/link.html", context, status=422 if form.errors else 200)


def _linked() -> Site | None:
    found: Site | None = Site.objects.select_related("connector__service").first()
    return found


def _site(request: ActorRequest) -> Site:
    return get_allowed_or_404(request.actor, "moodle.manage_site", Site.objects.select_related("connector__service"))


def _introduced(form: TokenForm | LinkForm, url: str) -> Introduced | None:
    """Who answers there with that token; None when nobody does, which the form then says."""
    try:
        return introduce(Moodle(url, form.cleaned_data["jeton"]))
    except MoodleFailure as no:
        field = "jeton" if no.code in ("token", "capability", "function") or "adresse" not in form.fields else "adresse"
        form.add_error(field, str(FAILURES[no.code]))
        return None


def _back(uai: str, said: str) -> HttpResponse:
    response = redirect("moodle:site", uai=uai)
    response["Location"] += f"?dit={said}"
    return response
