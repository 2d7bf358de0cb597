"""The path of a student in one view, and the notes of those who follow them."""

from fractions import Fraction

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.directory.models import Student
from pupitre.foundation import audit
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.charts import radar
from pupitre.gradebook.queries.student import ServiceMarks, marks_of
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.gradebook.sql_student import SEEN_BY_STAFF
from pupitre.gradebook.statistics import trend_of
from pupitre.pathway.charts import timeline
from pupitre.pathway.forms import NoteForm
from pupitre.pathway.models import FollowUpNote
from pupitre.pathway.policies import VIEW
from pupitre.pathway.queries import facts_of, written_of
from pupitre.pathway.services import Refusal, erase, write_note


@require_http_methods(["GET", "HEAD", "POST"])
def student(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = Student.objects.select_related("person")
    found = get_allowed_or_404(request.actor, "pathway.view_student", rows, pk=pk)
    form = NoteForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            write_note(student=found, actor=request.actor, **form.cleaned_data)
            return redirect(f"{request.path}#suivi")
        except Refusal as no:
            problem = str(no)
    # RGP-7: every look at a student's file is kept.
    audit.record(request.actor, "pathway.view_student", found)
    terms = terms_of_year()
    term = term_asked(terms, "")
    marks = marks_of(found, term, SEEN_BY_STAFF) if term else None
    facts = facts_of(found)
    context = {
        "uai": uai, "student": found, "terms": terms, "marks": marks, "facts": facts, "form": form, "problem": problem,
        "chart": timeline([(each.held_on, each.mark.value) for each in marks.year if each.mark.points is not None])
        if marks else None,
        "services": [(each, progress(each, [one.pk for one in terms])) for each in marks.services] if marks else [],
        "radar": radar([each.level for each in facts.domains]),
        "tallest": max((each.half_days for each in facts.months), default=0),
        "written": written_of(found, request.actor, erases_all=request.actor.has(VIEW)),
    }  # fmt: skip
    return render(request, "pathway/student.html", context, status=422 if problem or form.errors else 200)


def progress(service: ServiceMarks, terms: list[int]) -> str:
    """« up », « down » or « same » between the last two terms that have an average; nothing with one."""
    values = [service.by_term[each] for each in terms if service.by_term.get(each) is not None]
    known: list[Fraction] = [each for each in values if each is not None]
    if len(known) < 2:
        return ""
    return trend_of(known[-1] - known[-2]) or ""


@require_POST
def erase_note(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    note = get_allowed_or_404(request.actor, "pathway.erase_note", FollowUpNote.objects.all(), pk=pk)
    erase(note=note, actor=request.actor)
    return redirect("pathway:student", uai=uai, pk=note.student_id)
