"""The appreciation of one course, or the line of school life, written from the screen of the council."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pupitre.councils.services.reviewing import comment, place_of_course, place_of_school_life
from pupitre.councils.views.asking import Asked, class_attended
from pupitre.councils.views.students import JSON, page
from pupitre.directory.models import Group
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.reportcards.services.entering import Told, Where
from pupitre.timetable.models import Course


@require_POST
def text(request: ActorRequest, uai: str, term: int, pk: int, student: int) -> HttpResponse:
    """Keep it; what was typed comes back with its sentence when it is not kept."""
    asked = class_attended(request.actor, term, pk)
    where = _where(request, asked)
    base = request.POST.get("version", "")
    told = Told(student, request.POST.get("texte", ""), int(base) if base.isdecimal() and len(base) < 9 else 0)
    outcome = comment(where=where, told=told, division=asked.division, actor=request.actor)
    if request.headers.get("Accept") == JSON:
        facts = {"fate": outcome.fate, "version": outcome.version, "sentence": outcome.sentence, "theirs": outcome.text}
        return JsonResponse(facts, status={"conflict": 409, "refused": 422}.get(outcome.fate, 200))
    if outcome.sentence:
        return page(request, asked, student, refusal=outcome.sentence, typed=(request.POST.get("place", ""), outcome))
    response = redirect("councils:student", uai, term, pk, student)
    response["Location"] += f"#m-{where.course.pk}" if where.course else "#vs"
    return response


def _where(request: ActorRequest, asked: Asked) -> Where:
    """The place that the reader may write in. Raises Http404 for any other."""
    place, actor = request.POST.get("place", ""), request.actor
    if place == "vs":
        get_allowed_or_404(actor, "reportcards.write_school_life", Group.objects.all(), pk=asked.division.pk)
        return place_of_school_life(asked.division, asked.term)
    if not place.isdecimal() or len(place) > 15:
        raise Http404
    courses = Course.objects.select_related("group", "subject")
    course = get_allowed_or_404(actor, "reportcards.comment_course", courses, pk=int(place))
    return place_of_course(course, asked.term)
