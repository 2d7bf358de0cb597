"""Marks that outside tools sent: a teacher reads them beside what is there, takes them, or sets them aside."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Term
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.forms_incoming import NewAssessmentForm
from pupitre.gradebook.models import Assessment, IncomingColumn
from pupitre.gradebook.models.assessments import LARGEST_SCALE
from pupitre.gradebook.policies import MANAGE
from pupitre.gradebook.queries.incoming import Line, awaiting_of, lines_of, targets_of
from pupitre.gradebook.queries.terms import terms_of_year
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.confirming import NotAllTaken, Taken, confirm_column, set_aside
from pupitre.gradebook.services.entering import Outcome, Told
from pupitre.gradebook.typed import shown

_USUAL = 20


@dataclass(frozen=True, slots=True)
class Target:
    """Where the marks would go: an assessment of the course, or a new one out of `scale`. `key` names it in the address."""

    key: str
    scale: int
    assessment: Assessment | None


@require_safe
def received(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    if Profile.TEACHER not in actor.profiles and not actor.has(MANAGE):
        raise Http404
    found = awaiting_of(actor)
    context = {
        "uai": uai,
        "waiting": [each for each in found if each.waiting and each.column.set_aside_at is None],
        "settled": [each for each in found if not each.waiting and each.column.set_aside_at is None],
        "aside": [each for each in found if each.column.set_aside_at is not None],
        "said": request.GET.get("dit", ""),
    }
    return render(request, "gradebook/received.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    column, terms = _column(request, pk), terms_of_year()
    if not terms:
        return render(request, "gradebook/no_term.html", {"uai": uai, "course": column.course})
    targets = _targets(column, terms)
    target = _asked(column, targets, (request.POST or request.GET).get("vers", ""))
    if request.method == "POST":
        return _confirm(request, column, terms, targets, target)
    lines = lines_of(column, target.assessment, target.scale)
    return _page(request, column, targets, target, lines, _form(column, terms, lines))


@require_POST
def put_aside(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    is_aside = "reprendre" not in request.POST
    set_aside(column=_column(request, pk), is_aside=is_aside, actor=request.actor)
    return redirect(reverse("gradebook:received", args=[uai]) + ("?dit=ecarte" if is_aside else ""))


def _column(request: ActorRequest, pk: int) -> IncomingColumn:
    rows = IncomingColumn.objects.select_related("course__group", "course__subject")
    return get_allowed_or_404(request.actor, "gradebook.confirm_incoming", rows, pk=pk)


def _targets(column: IncomingColumn, terms: Sequence[Term]) -> list[Target]:
    own = int(column.maximum)
    scales = [own] if column.maximum == own and 1 <= own <= LARGEST_SCALE and own != _USUAL else []
    new = [Target(f"sur-{scale}", scale, None) for scale in (*scales, _USUAL)]
    return new + [Target(str(each.pk), each.scale, each) for each in targets_of(column, terms)]


def _asked(column: IncomingColumn, targets: Sequence[Target], asked: str) -> Target:
    """The target asked for, else the one of last time, else a new assessment."""
    usual = next((each for each in targets if each.key == str(column.assessment_id)), targets[0])
    return next((each for each in targets if each.key == asked), usual)


def _form(column: IncomingColumn, terms: Sequence[Term], lines: Sequence[Line]) -> NewAssessmentForm:
    last = max((each.sent_at for each in lines), default=column.declared_at)
    return NewAssessmentForm(terms=terms, initial={"title": column.title, "held_on": last.date()})


def _confirm(
    request: ActorRequest, column: IncomingColumn, terms: Sequence[Term], targets: Sequence[Target], target: Target
) -> HttpResponse:
    lines, form = lines_of(column, target.assessment, target.scale), NewAssessmentForm(request.POST, terms=terms)
    taken, problem, refused = _taken(request, lines), "", list[Outcome]()
    if not any(each.told.text.strip() for each in taken):
        problem = _("Toutes les cases sont vides. Pour ne rien prendre, mettez ces notes de côté.")
    elif target.assessment is not None or form.is_valid():
        try:
            made = target.assessment or form.assessment(column.course, target.scale)
            done = confirm_column(column=column, assessment=made, taken=taken, actor=request.actor)
            query = f"?periode={done.term_id}&evaluation={done.pk}&dit=fait"
            return redirect(reverse("gradebook:grid", args=[request.actor.uai, column.course_id]) + query)
        except NotAllTaken as no:
            refused = no.outcomes
        except Refusal as no:
            problem = str(no)
    return _page(request, column, targets, target, _typed(lines, taken, refused), form, problem, refused)


def _taken(request: ActorRequest, lines: Sequence[Line]) -> list[Taken]:
    """What was typed for the students of whom the tool said something; nothing else is read."""
    taken = []
    for line in lines:
        text, base = request.POST.get(f"n{line.student}"), request.POST.get(f"b{line.student}", "")
        seen = request.POST.get(f"v{line.student}", "")
        if text is None or not all(each.isdecimal() and len(each) < 9 for each in (base, seen)):
            continue
        remark = request.POST.get(f"r{line.student}")
        told = Told(line.student, text[:40], int(base), None if remark is None else remark[:1000])
        taken.append(Taken(told, int(seen)))
    return taken


def _typed(lines: Sequence[Line], taken: Sequence[Taken], refused: Sequence[Outcome]) -> list[Line]:
    """The lines with what was typed; a cell that met another hand's is written over at the next attempt."""
    typed = {each.told.student: each.told for each in taken}
    met = {each.student: each for each in refused if each.fate == "conflict"}
    shown_again = []
    for line in lines:
        told, outcome = typed.get(line.student), met.get(line.student)
        if told is not None:
            base = outcome.version if outcome else told.base
            line = replace(line, text=told.text, remark=told.remark or "", base=base)
        shown_again.append(line)
    return shown_again


def _page(
    request: ActorRequest, column: IncomingColumn, targets: Sequence[Target], target: Target, lines: Sequence[Line],
    form: NewAssessmentForm, problem: str = "", refused: Sequence[Outcome] = (),
) -> HttpResponse:  # fmt: skip
    context = {
        "uai": request.actor.uai,
        "column": column,
        "course": column.course,
        "targets": targets,
        "target": target,
        "lines": lines,
        "form": form,
        "problem": problem,
        "refused": refused,
        "maximum": shown(column.maximum, ""),
    }
    bad = problem or refused or (target.assessment is None and form.is_bound and form.errors)
    return render(request, "gradebook/review.html", context, status=422 if bad else 200)
