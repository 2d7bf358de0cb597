"""The projects of a class in a term: AP, EPI, paths; what is said of the class, then of students."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.reportcards.forms import ProjectForm
from pupitre.reportcards.models import Project, ProjectReport
from pupitre.reportcards.queries.places import students_in
from pupitre.reportcards.queries.projects import courses_of_class, projects_of
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.projects import note_students, remove_project, write_project
from pupitre.timetable.models import Course


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: ActorRequest, uai: str, pk: int, term: int) -> HttpResponse:
    """Those of a class, and one more."""
    division = _division(request, pk)
    found = Term.objects.filter(pk=term).first()
    if found is None:
        raise Http404
    courses = courses_of_class(division)
    form = ProjectForm(request.POST if request.method == "POST" else None, courses=courses)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = write_project(
                division=division, term=found, project=None, actor=request.actor, **form.cleaned_data
            )  # fmt: skip
            return redirect("reportcards:project", uai=uai, pk=made.pk)
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "division": division, "term": found, "projects": projects_of(division, found), "form": form,
        "problem": problem,
    }  # fmt: skip
    return render(request, "reportcards/projects.html", context, status=422 if problem or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def project(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One of them: its facts, and a text a student."""
    found = Project.objects.select_related("division", "term").filter(pk=pk).first()
    if found is None:
        raise Http404
    division = _division(request, found.division_id)
    form = _form(request, found, courses_of_class(division))
    texts = dict(ProjectReport.objects.filter(project=found).values_list("student_id", "text"))
    problem = ""
    if request.method == "POST":
        try:
            if "retirer" in request.POST:
                remove_project(project=found, actor=request.actor)
                return redirect("reportcards:projects", uai=uai, pk=division.pk, term=found.term_id)
            if "eleves" in request.POST:
                texts = _typed(request)
                note_students(project=found, texts=texts, actor=request.actor)
                return redirect(f"{request.path}?dit=fait")
            if form.is_valid():
                write_project(
                    division=division, term=found.term, project=found, actor=request.actor, **form.cleaned_data
                )
                return redirect(f"{request.path}?dit=fait")
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "project": found, "form": form, "problem": problem, "texts": texts,
        "students": students_in(division.pk, found.term), "is_done": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "reportcards/project.html", context, status=422 if problem or form.errors else 200)


def _form(request: ActorRequest, found: Project, courses: QuerySet[Course]) -> ProjectForm:
    is_sent = request.method == "POST" and "eleves" not in request.POST
    held = list(found.courses.values_list("course_id", flat=True))
    initial = {"kind": found.kind, "title": found.title, "text": found.text, "courses": held}
    return ProjectForm(request.POST if is_sent else None, initial=initial, courses=courses)


def _typed(request: ActorRequest) -> dict[int, str]:
    return {
        int(name[1:]): str(text)[:5000]
        for name, text in request.POST.items()
        if name.startswith("t") and name[1:].isdecimal() and len(name) < 20
    }


def _division(request: ActorRequest, pk: int) -> Group:
    divisions = Group.objects.filter(kind=Group.Kind.DIVISION)
    return get_allowed_or_404(request.actor, "reportcards.write_synthesis", divisions, pk=pk)
