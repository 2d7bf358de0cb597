"""The marks of a student: for themselves, their guardians, and the staff who follow them; each average explained."""

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation import audit
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.foundation.links import buttons_at
from pupitre.gradebook import sql_student
from pupitre.gradebook.averages import explain as explained
from pupitre.gradebook.explaining import lines_of
from pupitre.gradebook.forms import FinalForm
from pupitre.gradebook.models import Assessment
from pupitre.gradebook.queries.student import StudentMarks, marks_of
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.publishing import NEW_MARK
from pupitre.gradebook.services.ruling import set_final
from pupitre.notifications.services.reading import mark_read
from pupitre.timetable.models import Course


@require_safe
def student(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found, seen = reader_of(request, pk)
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    if term is None:
        return render(request, "gradebook/no_term.html", {"uai": uai, "course": None})
    if seen != sql_student.SEEN_BY_STAFF:
        # The page shows what the notice told.
        mark_read(person_id=request.actor.person_id, kind=NEW_MARK)
    marks = marks_of(found, term, seen)
    context = {
        **_who(request.actor, found, seen), "uai": uai, "terms": terms, "term": term, "marks": marks,
        "files": _files(marks),
        "buttons": [
            *buttons_at(request.actor, "marks", found.pk),
            # Those of one level alone, by how its MEF begins: the DNB of a 3e.
            *(buttons_at(request.actor, "marks", found.pk, state=found.mef[:3]) if found.mef else ()),
        ],
    }  # fmt: skip
    return render(request, "gradebook/student.html", context)


def _files(marks: StudentMarks) -> dict[int, list[StoredFile]]:
    """The texts of the tests shown, by assessment; a statement only when there are some."""
    shown = [one.id for service in marks.services for one in service.marks if one.has_files]
    return files_of([Assessment(pk=pk) for pk in shown])


@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: ActorRequest, uai: str, pk: int, course: int) -> HttpResponse:
    """How one average was made."""
    found, seen = reader_of(request, pk)
    terms = terms_of_year()
    term = term_asked(terms, (request.POST or request.GET).get("periode", ""))
    if term is None:
        raise Http404
    courses = Course.objects.filter(pk=course)
    may_set = allowed(request.actor, "gradebook.set_average", courses).exists()
    problem = ""
    form = FinalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_set:
            raise Http404
        if form.is_valid():
            try:
                value = form.cleaned_data["value"]
                set_final(course=courses.get(), term=term, student=found, value=value, actor=request.actor)
                return redirect(f"{request.path}?periode={term.pk}")
            except Refusal as no:
                problem = str(no)
    marks = marks_of(found, term, seen)
    if not form.is_bound:
        # Sent as it stands, it changes nothing.
        form = FinalForm(initial={"value": _final_of(marks, course)})
    context = {
        **_who(request.actor, found, seen), **_explained(marks, course), "uai": uai, "term": term, "marks": marks,
        "may_set": may_set, "form": form, "problem": problem,
    }  # fmt: skip
    return render(request, "gradebook/explain.html", context, status=422 if problem or form.errors else 200)


def _final_of(marks: StudentMarks, course: int) -> Decimal | None:
    """The average set by hand, as it was typed."""
    found = next((each.final for each in marks.services if each.service.course == course), None)
    return None if found is None else Decimal(found.numerator) / Decimal(found.denominator)


def _explained(marks: StudentMarks, course: int) -> dict[str, object]:
    service = next((each for each in marks.services if each.service.course == course), None)
    if service is None:
        raise Http404
    groups: list[tuple[object, object, object]] = []
    # Of an average that another tool gave, the marks are often not here.
    for part in (service.parts or (None,)) if service.marks else ():
        own = [each for each in service.marks if part is None or each.part == part.id]
        result = explained([each.mark for each in own])
        groups.append((part, result, lines_of(own, result)))
    return {"service": service, "groups": groups}


def reader_of(request: ActorRequest, pk: int) -> tuple[Student, str]:
    """The student, and which assessments this reader sees of them."""
    actor = request.actor
    rows = Student.objects.select_related("person")
    found = get_allowed_or_404(actor, "gradebook.view_student", rows, pk=pk)
    if found.person_id == actor.person_id and Profile.STUDENT in actor.profiles:
        return found, sql_student.SEEN_BY_STUDENT
    if Profile.GUARDIAN in actor.profiles and _is_ward(actor, found):
        # Who also works here reads their own child as any parent does.
        return found, sql_student.SEEN_BY_GUARDIAN
    # RGP-7: every look at a student's file is kept.
    audit.record(actor, "gradebook.view_student", found)
    return found, sql_student.SEEN_BY_STAFF


def _is_ward(actor: Actor, found: Student) -> bool:
    return allowed(actor, "gradebook.read_as_family", Student.objects.filter(pk=found.pk)).exists()


def _who(actor: Actor, found: Student, seen: str) -> dict[str, object]:
    return {
        "student": found,
        "is_own": seen == sql_student.SEEN_BY_STUDENT,
        "is_family": seen != sql_student.SEEN_BY_STAFF,
    }
