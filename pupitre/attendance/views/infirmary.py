"""The infirmary: in and out."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.attendance.models import AbsenceEntry
from pupitre.attendance.policies import INFIRMARY
from pupitre.attendance.queries.infirmary import is_inside, passages_today
from pupitre.attendance.queries.students import students_found
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.infirmary import come_in, go_out
from pupitre.attendance.views.treating import numbers
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def infirmary(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, INFIRMARY)
    if request.method != "POST":
        return _page(request)
    try:
        if entering := numbers(request.POST.getlist("entre")):
            come_in(students=entering, actor=request.actor)
        else:
            passages = AbsenceEntry.objects.filter(kind=AbsenceEntry.Kind.INFIRMARY, away_on=clock.today())
            home = numbers([request.POST.get("maison", "")])
            back = numbers([request.POST.get("cours", "")])
            entry = get_object_or_404(passages, pk=next(iter(home + back), 0))
            go_out(entry=entry, goes_home=bool(home), actor=request.actor)
    except Refusal as no:
        return _page(request, str(no))
    return redirect(request.path)


def _page(request: ActorRequest, problem: str = "") -> HttpResponse:
    text = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:80]
    passages = passages_today()
    context = {
        "uai": request.actor.uai,
        "inside": [each for each in passages if is_inside(each)],
        "gone": [each for each in passages if not is_inside(each)],
        "text": text,
        "found": students_found(text=text) if text else [],
        "problem": problem,
    }
    return render(request, "attendance/infirmary.html", context, status=422 if problem else 200)
