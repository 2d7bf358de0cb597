"""What a family says of the photograph of its children, on its own page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.portraits.models import Portrait
from pupitre.portraits.queries import children_faces
from pupitre.portraits.refusals import Refusal
from pupitre.portraits.services.consents import answer_as_family


@require_safe
def family(request: ActorRequest, uai: str) -> HttpResponse:
    """Each child here, what was answered, by whom, and the photograph."""
    return _page(request)


@require_POST
def answer(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Yes or no, for one child."""
    child = get_allowed_or_404(request.actor, "portraits.answer", Student.objects.select_related("person"), pk=pk)
    said = {"oui": Portrait.Consent.GIVEN, "non": Portrait.Consent.REFUSED}.get(request.POST.get("reponse", ""))
    if said is None:
        return _page(request, problem="")
    try:
        answer_as_family(student=child, consent=said, actor=request.actor)
    except Refusal as no:
        return _page(request, problem=str(no))
    return redirect(f"{request.path.rpartition('/enfant/')[0]}/famille/?dit=fait")


def _page(request: ActorRequest, *, problem: str | None = None) -> HttpResponse:
    if Profile.GUARDIAN not in request.actor.profiles:
        raise Http404
    context = {
        "uai": request.actor.uai,
        "faces": children_faces(request.actor),
        "person": request.actor.person_id,
        "problem": problem,
        "is_done": request.GET.get("dit") == "fait",
    }
    return render(request, "portraits/family.html", context, status=200 if problem is None else 422)
