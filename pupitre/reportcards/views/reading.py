"""A bulletin: as it was given for a family, as it is written now for those who make it; its receipt and its PDF."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.models import Group, Student
from pupitre.establishments.models import Term
from pupitre.foundation import audit, clock
from pupitre.foundation.access import allowed, get_allowed_or_404, may
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.messaging.words import of_name
from pupitre.reportcards.document import Bulletin
from pupitre.reportcards.models import ReportCard
from pupitre.reportcards.paper.drawing import draw
from pupitre.reportcards.queries.bulletins import bulletins_of
from pupitre.reportcards.queries.cards import Version, card_of, own_receipt, versions_of
from pupitre.reportcards.queries.places import standings_of
from pupitre.reportcards.services.receiving import acknowledge
from pupitre.reportcards.words import about, missed_sentence, place_of, signature, teachers_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader sees: the bulletin, the version it is of (None while it is written), and whether they are the family."""

    student: Student
    term: Term
    card: ReportCard | None
    bulletin: Bulletin
    version: Version | None
    versions: list[Version]
    division: Group
    is_family: bool


def read(request: ActorRequest, pk: int, term_pk: int, *, with_files: bool = True) -> Reading:
    """The bulletin of a student in a term, for this reader; `with_files`: the PDF of each version. Raises Http404; seven
    statements at most.
    """
    actor = request.actor
    rows = Student.objects.select_related("person").annotate(is_family=may(actor, "reportcards.read_as_family"))
    student: Any = get_allowed_or_404(actor, "reportcards.view_student", rows, pk=pk)
    card = card_of(student, term_pk, actor)
    term = card.term if card is not None else Term.objects.select_related("school_year").filter(pk=term_pk).first()
    if term is None:
        raise Http404
    is_family = student.is_family
    if is_family and (card is None or card.published_at is None or card.published_at > clock.now()):
        raise Http404
    if not is_family:
        # RGP-7: every look at a student's file is kept.
        audit.record(actor, "reportcards.view_student", student, term=term.pk)
    versions: list[Version] = []
    if card is not None and card.published_at is not None:
        versions = versions_of(card, is_family=is_family, with_files=with_files)
    asked = request.GET.get("numero", "")
    shown = next((each for each in versions if str(each.row.number) == asked), None)
    is_given = card is not None and card.status == ReportCard.Status.PUBLISHED
    if shown is None and versions and (is_family or is_given):
        shown = versions[0]
    if card is not None and shown is not None:
        return Reading(student, term, card, shown.bulletin, shown, versions, card.division, is_family)
    if is_family:
        raise Http404
    division = _division(student, term)
    made = bulletins_of(division, term, only=[student.pk])
    if not made:
        raise Http404
    return Reading(student, term, card, made[0], None, versions, division, is_family)


def _division(student: Student, term: Term) -> Group:
    pk = standings_of([student.pk], term)[student.pk].division_id
    found: Group | None = Group.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_write(found: Reading, actor: Actor) -> bool:
    """Whether the actor writes the synthesis of the class; one statement when nothing was written of the student yet."""
    if found.card is not None:
        return bool(getattr(found.card, "may_write", False))
    return allowed(actor, "reportcards.write_synthesis", Group.objects.filter(pk=found.division.pk)).exists()


@require_safe
def student(request: ActorRequest, uai: str, pk: int, term: int) -> HttpResponse:
    found = read(request, pk, term)
    actor = request.actor
    may_say = bool(getattr(found.card, "may_say", False))
    context = {
        "uai": uai, "found": found, "b": found.bulletin, "of_name": of_name(found.bulletin.first_name),
        "is_own": found.student.person_id == actor.person_id, "about": about(found.bulletin),
        "teachers": teachers_of(found.bulletin), "missed": missed_sentence(found.bulletin.school_life),
        "signed": signature(found.bulletin), "place": place_of(found.bulletin), "may_say": may_say,
        "said": own_receipt(found.card, actor.person_id) if may_say and found.card else None,
        "may_write": not found.is_family and may_write(found, actor),
    }  # fmt: skip
    return render(request, "reportcards/bulletin.html", context)


@require_POST
def received(request: ActorRequest, uai: str, pk: int, term: int) -> HttpResponse:
    """A guardian says that they received it."""
    cards = ReportCard.objects.filter(student=pk, term=term)
    card = get_allowed_or_404(request.actor, "reportcards.acknowledge", cards, student=pk)
    acknowledge(card=card, actor=request.actor)
    return redirect("reportcards:student", uai=uai, pk=pk, term=term)


@require_http_methods(["GET", "HEAD"])
def draft(request: ActorRequest, uai: str, pk: int, term: int) -> HttpResponse:
    """The bulletin as PDF before it is given, which says so; those that were given are in the files."""
    found = read(request, pk, term, with_files=False)
    if found.is_family:
        raise Http404
    response = HttpResponse(draw(found.bulletin), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="projet-bulletin-{pk}-{found.term.code.lower()}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
