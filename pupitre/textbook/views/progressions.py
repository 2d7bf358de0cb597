"""Progressions: one's own and those that colleagues share; laid on a class, carried as a file."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.directory.profiles import Profile
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.textbook.models import Progression
from pupitre.textbook.refusals import NotOurFile
from pupitre.textbook.services.progressing import file_of, plan, progression_of_course, progression_of_file
from pupitre.textbook.services.zipping import safe
from pupitre.timetable.models import Course


@require_http_methods(["GET", "HEAD", "POST"])
def progressions(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    if not actor.profiles & {Profile.TEACHER, Profile.SUPPORT}:
        raise Http404
    if request.method != "POST":
        return _list(request, uai)
    sent = request.FILES.get("fichier")
    try:
        if sent is not None:
            made = progression_of_file(content=sent.read(2_000_001), actor=actor)
        else:
            course = next((each for each in _taught(actor) if str(each.pk) == request.POST.get("course")), None)
            if course is None:
                raise NotOurFile
            made = progression_of_course(course=course, title=request.POST.get("title", ""), actor=actor)
    except NotOurFile as why:
        return _list(request, uai, error=str(why), status=422)
    return redirect("textbook:progression", uai=uai, pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def progression(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "textbook.view_progression", Progression.objects.all(), pk=pk)
    is_mine = found.owner_id == request.actor.person_id
    courses = _taught(request.actor)
    if request.method == "POST":
        course = next((each for each in courses if str(each.pk) == request.POST.get("course")), None)
        said = ""
        if course is not None:
            said = f"?pose={plan(progression=found, course=course, actor=request.actor)}"
        elif is_mine and "share" in request.POST:
            found.is_shared = request.POST["share"] == "1"
            found.save(update_fields=["is_shared"])
        return redirect(reverse("textbook:progression", args=[uai, pk]) + said)
    context = {
        "uai": uai,
        "progression": found,
        "is_mine": is_mine,
        "steps": list(found.steps.order_by("position")),
        "courses": courses,
        "laid": request.GET.get("pose", ""),
    }
    return render(request, "textbook/progression.html", context)


@require_safe
def download(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = get_allowed_or_404(request.actor, "textbook.view_progression", Progression.objects.all(), pk=pk)
    response = HttpResponse(file_of(found), content_type="application/json")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe(found.title))}.progression.json"
    return response


def _taught(actor: Actor) -> list[Course]:
    rows = (
        Course.objects.filter(ends_on=None).select_related("subject", "group").order_by("group__code", "subject__label")
    )
    return list(allowed(actor, "textbook.write_course", rows))


def _list(request: ActorRequest, uai: str, *, error: str = "", status: int = 200) -> HttpResponse:
    rows = allowed(request.actor, "textbook.view_progression", Progression.objects.select_related("owner"))
    context = {
        "uai": uai,
        "progressions": list(rows.order_by("title")),
        "me": request.actor.person_id,
        "courses": _taught(request.actor),
        "error": error,
    }
    return render(request, "textbook/progressions.html", context, status=status)
