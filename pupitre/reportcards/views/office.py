"""A class in a term: what misses, what is validated and given; what the head does about it."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.directory.models import Group, Student
from pupitre.establishments.models import Term
from pupitre.foundation import audit
from pupitre.foundation.access import get_allowed_or_404, may, require
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.reportcards.forms import RulesForm, WhyForm
from pupitre.reportcards.models import PrintRun, ReportRules
from pupitre.reportcards.policies import MANAGE
from pupitre.reportcards.queries.classes import class_of_term, standing_of_class
from pupitre.reportcards.queries.mentions import mentions_offered
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.council import reopen_cards, validate_cards
from pupitre.reportcards.services.publishing import AlreadyGiven, ask_publication, cancel_run
from pupitre.reportcards.services.ruling import set_rules
from pupitre.reportcards.services.zipping import class_archive, safe, student_archive


@require_http_methods(["GET", "HEAD", "POST"])
def division(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    groups = Group.objects.filter(kind=Group.Kind.DIVISION).annotate(
        may_publish=may(actor, "reportcards.publish_class"),
        may_write=may(actor, "reportcards.write_synthesis"),
        may_school_life=may(actor, "reportcards.write_school_life"),
        **standing_of_class(term),
    )
    found: Any = get_allowed_or_404(actor, "reportcards.view_class", groups, pk=pk)
    if term is None:
        raise Http404
    may_publish = found.may_publish
    why = WhyForm(request.POST if "rouvrir" in request.POST else None)
    problem = ""
    if request.method == "POST":
        if not may_publish:
            raise Http404
        try:
            if "arreter" in request.POST:
                validate_cards(division=found, term=term, students=None, actor=actor)
                return redirect(f"{request.path}?periode={term.pk}")
            if "publier" in request.POST:
                return _published(request, uai, term, found)
            if "rouvrir" in request.POST and why.is_valid():
                reopen_cards(division=found, term=term, students=None, why=why.cleaned_data["why"], actor=actor)
                return redirect(f"{request.path}?periode={term.pk}")
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "division": found, "terms": terms, "term": term, "may_publish": may_publish, "problem": problem,
        "view": class_of_term(found, term), "why": why,
        "may_write": found.may_write, "may_school_life": found.may_school_life,
    }  # fmt: skip
    return render(request, "reportcards/division.html", context, status=422 if problem or why.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def school(request: ActorRequest, uai: str) -> HttpResponse:
    """Publish every class at once, and what the bulletins of the school show."""
    require(request.actor, MANAGE)
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    form = RulesForm(request.POST if "regler" in request.POST else None, initial=_known())
    problem = ""
    if request.method == "POST":
        try:
            if "publier" in request.POST and term is not None:
                return _published(request, uai, term, None)
            if "regler" in request.POST and form.is_valid():
                facts = {**form.cleaned_data, "mentions": form.cleaned_data["mentions"].splitlines()}
                set_rules(**facts, actor=request.actor)
                return redirect(f"{request.path}?dit=fait")
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "terms": terms, "term": term, "form": form, "problem": problem,
        "is_done": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "reportcards/school.html", context, status=422 if problem or form.errors else 200)


def _published(request: ActorRequest, uai: str, term: Term, division: Group | None) -> HttpResponse:
    """The publication under way, or the question asked before what families hold is made again. Raises Refusal."""
    makes_again = request.POST.get("refaire") == "1"
    try:
        run = ask_publication(term=term, division=division, actor=request.actor, makes_again=makes_again)
    except AlreadyGiven as given:
        context = {"uai": uai, "term": term, "division": division, "given": given}
        return render(request, "reportcards/again.html", context)
    return redirect("reportcards:run", uai=uai, pk=run.pk)


def _known() -> dict[str, object]:
    held = ReportRules.objects.first() or ReportRules()
    return {
        "shows_spread": held.shows_spread, "shows_previous": held.shows_previous,
        "mentions": "\n".join(mentions_offered()),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """How a publication goes; a POST stops it."""
    runs = PrintRun.objects.select_related("division", "term")
    found = get_allowed_or_404(request.actor, "reportcards.view_run", runs, pk=pk)
    if request.method == "POST":
        cancel_run(run=found, actor=request.actor)
        return redirect("reportcards:run", uai=uai, pk=pk)
    is_going = found.state in (PrintRun.State.WAITING, PrintRun.State.RUNNING)
    context = {"uai": uai, "run": found, "is_going": is_going}
    fragment = "HX-Request" in request.headers
    return render(request, "reportcards/_run.html" if fragment else "reportcards/run.html", context)


@require_safe
def class_zip(request: ActorRequest, uai: str, pk: int, term: int) -> HttpResponseBase:
    """The bulletins given to a class in a term, in one archive."""
    groups = Group.objects.filter(kind=Group.Kind.DIVISION)
    found = get_allowed_or_404(request.actor, "reportcards.view_class", groups, pk=pk)
    audit.record(request.actor, "reportcards.download_class", found, term=term)
    return _zipped(class_archive(found, term), f"Bulletins {found.label}")


@require_safe
def student_zip(request: ActorRequest, uai: str, pk: int) -> HttpResponseBase:
    """Every bulletin that was given to a student, of every year: what a family takes away when it leaves (GRA-16)."""
    rows = Student.objects.select_related("person")
    found = get_allowed_or_404(request.actor, "reportcards.view_student", rows, pk=pk)
    audit.record(request.actor, "reportcards.download_student", found)
    return _zipped(student_archive(found), f"Bulletins {found.person.display_name}")


def _zipped(archive: object, name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(archive, content_type="application/zip")  # type: ignore[arg-type]
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe(name))}.zip"
    response["Cache-Control"] = "private, no-store"
    return response
