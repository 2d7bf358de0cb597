"""The council of one class: what misses, its figures, its texts; opened, closed, published."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.councils.display import lines_of
from pupitre.councils.forms import SittingForm
from pupitre.councils.queries.facts import ClassFacts, facts_of
from pupitre.councils.queries.missing import missing_in
from pupitre.councils.refusals import Refusal
from pupitre.councils.services.publishing import publish_summary
from pupitre.councils.services.sitting import close_sitting, open_sitting, sitting_of
from pupitre.councils.services.writing import write_sitting
from pupitre.councils.views.asking import Asked, class_attended, class_run
from pupitre.councils.views.councils import notice_of
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.charts import histogram
from pupitre.gradebook.queries.results import results_of


@require_safe
def division(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    asked = class_attended(request.actor, term, pk)
    # Whoever attends sees the students one by one, nothing of what is prepared.
    return page(request, asked) if asked.prepares else _first_student(asked, uai)


@require_POST
def step(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """Open it, close it, publish its summary."""
    asked, actor = class_run(request.actor, term, pk), request.actor
    gesture = request.POST.get("geste", "")
    try:
        if gesture == "ouvrir":
            open_sitting(term=asked.term, division=asked.division, actor=actor)
            return _first_student(asked, uai)
        sitting = sitting_of(asked.term, asked.division)
        if gesture == "terminer":
            close_sitting(sitting=sitting, actor=actor)
        elif gesture == "publier":
            publish_summary(sitting=sitting, actor=actor)
        else:
            raise Refusal(_("Ce geste n’existe pas. Rechargez la page."))
    except Refusal as no:
        return page(request, asked, refusal=str(no))
    return redirect("councils:division", uai, term, pk)


@require_POST
def write(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """The summary and the minutes; what was typed comes back when it is not kept."""
    asked = class_run(request.actor, term, pk)
    form = SittingForm(request.POST)
    if not form.is_valid():
        return page(request, asked, form=form, refusal=_("Ce formulaire est incomplet. Rechargez la page."))
    data = form.cleaned_data
    try:
        written = write_sitting(
            term=asked.term, division=asked.division, summary=data["bilan"], minutes=data["releve"],
            base=data["version"], actor=request.actor,
        )  # fmt: skip
    except Refusal as no:
        return page(request, asked, form=form, refusal=str(no))
    if written.theirs is not None:
        typed = {**request.POST.dict(), "version": written.version}
        return page(request, asked, form=SittingForm(typed), refusal=written.sentence, theirs=written.theirs)
    response = redirect("councils:division", uai, term, pk)
    response["Location"] += "#textes"
    return response


def page(
    request: ActorRequest, asked: Asked, *, form: SittingForm | None = None, refusal: str = "",
    theirs: tuple[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of the class; 422 when something was refused."""
    results = results_of(asked.division, asked.term)
    facts = facts_of(asked.division, asked.term)
    averages = [value for each in results.students if (value := results.general(each.id)) is not None]
    context = {
        "uai": request.actor.uai,
        "asked": asked,
        "facts": facts,
        "lines": lines_of(results, facts),
        "missing": missing_in(asked.term, [asked.division.pk])[asked.division.pk],
        "results": results,
        "histogram": histogram(averages),
        "form": form or _form(facts),
        "theirs": theirs,
        "told": notice_of(request),
        "refusal": refusal,
    }
    return render(request, "councils/division.html", context, status=422 if refusal else 200)


def _form(facts: ClassFacts) -> SittingForm:
    sitting = facts.sitting
    return SittingForm({"bilan": sitting.summary, "releve": sitting.minutes, "version": sitting.version})


def _first_student(asked: Asked, uai: str) -> HttpResponse:
    """The first student of whom the council has not spoken, else the first of the class."""
    students, facts = results_of(asked.division, asked.term).students, facts_of(asked.division, asked.term)
    waiting = [each.id for each in students if not facts.is_seen(each.id)] or [each.id for each in students]
    if waiting:
        return redirect("councils:student", uai, asked.term.pk, asked.division.pk, waiting[0])
    if not asked.prepares:
        raise Http404
    return redirect("councils:division", uai, asked.term.pk, asked.division.pk)
