"""Following one's news: who has read it, what was answered, what waits to be read over."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.foundation.ui.french import plural
from pupitre.news.models import News
from pupitre.news.policies import MODERATE, may_write
from pupitre.news.queries.following import missing_of, readers_of, results_of
from pupitre.news.queries.reading import answers_open, written_by
from pupitre.news.refusals import Refusal
from pupitre.news.services.publishing import accept, reads_over, refuse, send, set_rules, withdraw
from pupitre.news.services.reminding import remind

_A_PAGE = 30


@require_safe
def manage(request: ActorRequest, uai: str) -> HttpResponse:
    """One's own news, and for those who read them over, all that were sent."""
    actor = request.actor
    if not (may_write(actor) or actor.has(MODERATE)):
        raise Http404
    moderates = actor.has(MODERATE)
    waiting = allowed(actor, "news.decide_news", News.objects.all()).order_by("written_at") if moderates else []
    page = Paginator(written_by(actor), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "uai": uai,
        "waiting": list(waiting),
        "page": page,
        "may_write": may_write(actor),
        "moderates": moderates,
        "reads_over": reads_over(),
        "me": actor.person_id,
        "now": clock.now(),
    }
    return render(request, "news/manage.html", context)


@require_POST
def rules(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MODERATE)
    set_rules(reads_over="relire" in request.POST, actor=request.actor)
    return redirect("news_of_school:manage", uai=uai)


@require_safe
def readers(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "news.follow_news", News.objects.all(), pk=pk)
    return _readers(request, uai, found)


def _readers(request: ActorRequest, uai: str, found: News, *, refusal: str = "", told: str = "") -> HttpResponse:
    everyone = readers_of(found)
    missing = missing_of(found, everyone)
    asked = {each.person_id for each in missing}
    context = {
        "uai": uai,
        "news": found,
        "total": sum(1 for each in everyone if each.person_id != found.author_id),
        "missing": missing,
        "done": [each for each in everyone if each.person_id not in asked and each.person_id != found.author_id],
        "results": results_of(found) if found.answer else None,
        "is_open": answers_open(found),
        "refusal": refusal,
        "told": told,
    }
    return render(request, "news/readers.html", context, status=422 if refusal else 200)


@require_POST
def act(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Publish, withdraw, remind: whoever follows it; accept, send back: whoever reads it over."""
    action = request.POST.get("action", "")
    if action == "relancer":
        return _remind(request, uai, pk)
    if action not in _VERBS:
        raise Http404
    verb, do = _VERBS[action]
    found = get_allowed_or_404(request.actor, verb, News.objects.all(), pk=pk)
    try:
        do(found, request.actor, request.POST.get("pourquoi", ""))
    except Refusal as why:
        context = {"uai": uai, "news": found, "refusal": str(why), "typed": request.POST.get("pourquoi", "")}
        return render(request, "news/refused.html", context, status=422)
    response = redirect("news_of_school:news", uai=uai, pk=pk)
    response["Location"] += f"?dit={action}"
    return response


def _remind(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "news.follow_news", News.objects.all(), pk=pk)
    try:
        count = remind(news=found, actor=request.actor)
    except Refusal as why:
        return _readers(request, uai, found, refusal=str(why))
    words = _("personne relancée"), _("personnes relancées")
    return _readers(request, uai, found, told=_("%(people)s.") % {"people": plural(count, *words)})


def _send(news: News, actor: Actor, _reason: str) -> None:
    if news.author_id != actor.person_id:
        raise Http404
    send(news=news, actor=actor)


def _withdraw(news: News, actor: Actor, _reason: str) -> None:
    withdraw(news=news, actor=actor)


def _accept(news: News, actor: Actor, _reason: str) -> None:
    accept(news=news, actor=actor)


def _refuse(news: News, actor: Actor, reason: str) -> None:
    refuse(news=news, reason=reason, actor=actor)


_VERBS: dict[str, tuple[str, Callable[[News, Actor, str], None]]] = {
    "publier": ("news.follow_news", _send),
    "retirer": ("news.follow_news", _withdraw),
    "accepter": ("news.decide_news", _accept),
    "renvoyer": ("news.decide_news", _refuse),
}
