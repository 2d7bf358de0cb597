"""The news of a person, whatever their schools; one of them, and the answer that it asks."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.middleware import DirectoryRequest
from pupitre.establishments.scope import scope
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.text import to_html
from pupitre.news.models import News
from pupitre.news.policies import may_write
from pupitre.news.queries.reading import Line, lines_of, reading_of
from pupitre.news.refusals import Refusal
from pupitre.news.services.answering import answer, note_reading

CLOSED = frozenset({"guest", "academy_admin"})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All the news that a person may read: a guardian with children in several schools has one list."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")
    category = request.GET.get("rubrique", "")
    category = category if category in News.Category.values else ""
    lines: list[Line] = []
    writers = []
    for uai, roles in identity.schools.items():
        actor = identity.actor(uai)
        if actor is None or actor.profiles <= CLOSED:
            continue
        with scope(actor.establishment_id):
            lines += lines_of(actor, roles[0].short_name or roles[0].name, category)
        writers += [(roles[0].short_name or roles[0].name, uai)] if may_write(actor) else []
    context = {
        "lines": sorted(lines, key=lambda each: each.begins_at, reverse=True),
        "several": len(identity.schools) > 1,
        "writers": writers,
        "category": category,
        "categories": News.Category.choices,
        "is_student": any(role.profile == "student" for role in identity.roles or ()),
    }
    return render(request, "news/feed.html", context)


@require_safe
def news(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = News.objects.select_related("picture__blob")
    found = get_allowed_or_404(request.actor, "news.view_news", rows, pk=pk)
    is_reader = allowed(request.actor, "news.read_news", News.objects.filter(pk=found.pk)).exists()
    if is_reader and found.author_id != request.actor.person_id:
        note_reading(news=found, actor=request.actor)
    return _page(request, uai, found, is_reader=is_reader)


@require_POST
def respond(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = News.objects.select_related("picture__blob")
    found = get_allowed_or_404(request.actor, "news.read_news", rows, pk=pk)
    chosen = [int(place) for place in request.POST.getlist("choix") if place.isdecimal() and len(place) < 3]
    text = request.POST.get("mots", "") if found.answer == News.Answer.TEXT else ""
    try:
        answer(news=found, chosen=chosen, text=text, actor=request.actor)
    except Refusal as why:
        return _page(request, uai, found, refusal=str(why), typed=text, chosen=chosen)
    response = redirect("news_of_school:news", uai=uai, pk=pk)
    response["Location"] += "?dit=repondu#reponse"
    return response


def _page(
    request: ActorRequest,
    uai: str,
    found: News,
    *,
    is_reader: bool = True,
    refusal: str = "",
    typed: str = "",
    chosen: list[int] | None = None,
) -> HttpResponse:
    actor = request.actor
    page = reading_of(found, actor)
    given = page.given
    is_follower = allowed(actor, "news.follow_news", News.objects.filter(pk=found.pk)).exists()
    context = {
        "uai": uai,
        "news": found,
        "body": to_html(found.body),
        "page": page,
        "is_reader": is_reader,
        "is_follower": is_follower,
        "is_author": found.author_id == actor.person_id,
        "is_student": "student" in actor.profiles,
        "may_decide": found.state == News.State.SUBMITTED
        and allowed(actor, "news.decide_news", News.objects.filter(pk=found.pk)).exists(),
        "refusal": refusal,
        "typed": typed or (given.text if given else ""),
        "chosen": chosen if chosen is not None else (given.chosen if given else []),
        "said": request.GET.get("dit", ""),
    }
    return render(request, "news/news.html", context, status=422 if refusal else 200)
