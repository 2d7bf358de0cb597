"""Writing news, and changing it."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pupitre.files import refusals as of_files
from pupitre.files.models import StoredFile
from pupitre.files.picking import Picking, pick
from pupitre.files.queries import files_of, own_files
from pupitre.files.services.plain import keep_plain
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.news.forms import NewsForm, initial_of
from pupitre.news.models import News
from pupitre.news.policies import PUBLISH, may_write
from pupitre.news.queries.children import children_chosen, children_named
from pupitre.news.queries.reach import Reach, reach_of
from pupitre.news.refusals import Refusal
from pupitre.news.services.publishing import reads_over, send
from pupitre.news.services.writing import write as write_news

PURPOSE = "news.news"


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActorRequest, uai: str) -> HttpResponse:
    if not may_write(request.actor):
        raise Http404
    return _answer(request, uai, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = News.objects.select_related("picture__blob").filter(author_id=request.actor.person_id)
    found = get_allowed_or_404(request.actor, "news.follow_news", rows, pk=pk)
    if found.state == News.State.WITHDRAWN:
        raise Http404
    return _answer(request, uai, found)


def _answer(request: ActorRequest, uai: str, found: News | None) -> HttpResponse:
    reach = reach_of(request.actor)
    if request.method != "POST":
        held = [each.pk for each in files_of([found])[found.pk] if each.pk != found.picture_id] if found else []
        form = NewsForm(initial=initial_of(found) if found else _begun(request), reach=reach)
        students = [each.student_id for each in found.targets.all() if each.student_id] if found else []
        return _page(request, uai, found, form, pick(request, PURPOSE, held), students)
    form, picking = NewsForm(request.POST, request.FILES, reach=reach), pick(request, PURPOSE)
    students = [int(pk) for pk in request.POST.getlist("eleves") if pk.isdecimal() and len(pk) < 19]
    picture, problem = _picture(request, found)
    if "chercher" in request.POST:
        return _page(request, uai, found, form, picking, students, picture=picture)
    if not form.is_valid() or picking.problems or problem:
        return _page(request, uai, found, form, picking, students, picture=picture, problem=problem, status=422)
    try:
        with transaction.atomic():
            row = write_news(
                words=form.words(picture.pk if picture else None),
                asked=form.asked(),
                audience=form.audience(students),
                uploads=picking.ids,
                actor=request.actor,
                news=found,
            )
            if "garder" not in request.POST:
                send(news=row, actor=request.actor)
    except (Refusal, of_files.Refusal) as why:
        found = News.objects.select_related("picture__blob").get(pk=found.pk) if found else None
        return _page(request, uai, found, form, picking, students, picture=picture, problem=str(why), status=422)
    response = redirect("news_of_school:news", uai=uai, pk=row.pk)
    response["Location"] += f"?dit={row.state}"
    return response


def _begun(request: ActorRequest) -> dict[str, Any]:
    """A page opened for one class has it ticked."""
    return {"classes": request.GET.getlist("classe"), "profils": []}


def _picture(request: ActorRequest, found: News | None) -> tuple[StoredFile | None, str]:
    """The picture sent, else the one kept from before; and what was not taken."""
    if request.POST.get("sans_image"):
        return None, ""
    sent = request.FILES.get("image")
    if sent:
        try:
            kept = keep_plain(sent, PURPOSE, actor=request.actor)
        except of_files.Refusal as why:
            return None, str(why)
        if kept.family != "image" or not kept.is_shown_in_page:
            return None, _(
                "Ce fichier n’est pas une image que les navigateurs montrent : choisissez un JPEG ou un PNG."
            )
        return kept, ""
    number = request.POST.get("image_gardee", "")
    if not number.isdecimal() or len(number) > 18:
        return None, ""
    return next(iter(own_files(request.actor, [int(number)])), None), ""


def _page(
    request: ActorRequest,
    uai: str,
    found: News | None,
    form: NewsForm,
    picking: Picking,
    students: list[int],
    *,
    picture: StoredFile | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    reach: Reach = form.reach
    search = request.POST.get("nom", "")
    chosen = children_chosen(students, reach)
    context = {
        "uai": uai,
        "news": found,
        "form": form,
        "picking": picking,
        "picture": picture if request.method == "POST" else (found.picture if found else None),
        "reach": reach,
        "chosen": chosen,
        "found": [each for each in children_named(search, reach) if each.pk not in students],
        "search": search,
        "problem": problem,
        "is_read_over": not request.actor.has(PUBLISH) and reads_over(),
        "is_published": found is not None and found.state == News.State.PUBLISHED,
    }
    return render(request, "news/write.html", context, status=status)
