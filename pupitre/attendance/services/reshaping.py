"""Putting two dossiers together, or taking one apart, when the office knows better than the registers (ATT-10)."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, FamilyContact, Justification, PastVersion
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.deciding import recount_cases
from pupitre.attendance.services.dossiers import Moves, past_of, span_of
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import RESHAPED, Act, By
from pupitre.attendance.words import span_of_case
from pupitre.foundation import audit
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

_COPIED = (
    *("student_id", "kind", "state", "standing", "reason_id", "counts", "contact_due_at", "told_at", "answer_due_at"),
    *("decided_at", "decided_by_id", "decision", "refusals"),
)


@transaction.atomic
def merge_cases(*, kept: int, other: int, actor: Actor) -> AbsenceCase:
    """Put the entries, words and contacts of a dossier into another of the same student, which keeps its state and reason.

    Both must be worth the same: putting together never justifies anything. Raises Refusal.
    """
    cases = {each.pk: each for each in _held([kept, other], actor)}
    if len(cases) < 2 or kept == other:
        raise Refusal(_("Choisissez une autre absence du même élève."))
    stays, goes = cases[kept], cases[other]
    if (stays.student_id, stays.kind) != (goes.student_id, goes.kind):
        raise Refusal(_("Choisissez une autre absence du même élève."))
    if stays.standing != goes.standing:
        raise Refusal(
            _(
                "L’une de ces absences est justifiée et l’autre ne l’est pas. Décidez d’abord du motif, puis réunissez-les."
            )
        )
    moves = _moves(actor)
    moves.move(goes, Act.MERGE, why=_("Réunie à celle-ci : %(when)s.") % {"when": span_of_case(stays)})
    moves.note(stays, Act.MERGE, _("Avec celle-ci : %(when)s.") % {"when": span_of_case(goes)})
    goes.contact_due_at = None
    _give(list(AbsenceEntry.objects.filter(case=goes)), stays, moves)
    for model in (Justification, FamilyContact):
        model.objects.filter(case=goes).update(case=stays)
    _finish([stays], moves)
    audit.record(actor, "attendance.merge_cases", stays, other=goes.pk)
    return stays


@transaction.atomic
def split_case(*, case: int, entries: Collection[int], actor: Actor) -> AbsenceCase:
    """Take some entries of a dossier out, into a new one that stands where the first does; the new one. Raises Refusal."""
    found = next(iter(_held([case], actor)), None)
    if found is None:
        raise Refusal(_("Cette absence n’est pas la vôtre à changer."))
    own = list(AbsenceEntry.objects.filter(case=found, cancelled_at=None))
    leaving = [each for each in own if each.pk in entries]
    if not leaving or len(leaving) == len(own):
        raise Refusal(_("Cochez ce qui part dans une autre absence, et laissez-en au moins une partie dans celle-ci."))
    moves = _moves(actor)
    moves.move(found, Act.SPLIT)
    new = AbsenceCase(
        establishment_id=found.establishment_id, opened_at=moves.now, opened_by_id=moves.author_id,
        **{name: getattr(found, name) for name in _COPIED},
    )  # fmt: skip
    span_of(new, leaving)
    new.save()
    moves.born(new, Act.SPLIT, _("Séparée de celle-ci : %(when)s.") % {"when": span_of_case(found)})
    # What the family said holds for both; its papers stay with the first.
    for said in Justification.objects.filter(case=found):
        said.pk, said.case = None, new
        said._state.adding = True
        said.save()
    _give(leaving, new, moves)
    _finish([found, new], moves)
    audit.record(actor, "attendance.split_case", found, new=new.pk)
    return new


def _held(ids: Sequence[int], actor: Actor) -> list[AbsenceCase]:
    rows = AbsenceCase.objects.filter(pk__in=ids, state__in=RESHAPED).select_related("student__person")
    return list(allowed(actor, "attendance.manage_case", rows).select_for_update(of=("self",)).order_by("pk"))


def _moves(actor: Actor) -> Moves:
    return Moves(actor.person_id, By.ASSISTANT)


def _give(entries: Sequence[AbsenceEntry], case: AbsenceCase, moves: Moves) -> None:
    PastVersion.objects.bulk_create(past_of(each, moves.author_id) for each in entries)
    for entry in entries:
        entry.case, entry.version = case, entry.version + 1
    AbsenceEntry.objects.bulk_update(entries, ["case", "version"])


def _finish(cases: Sequence[AbsenceCase], moves: Moves) -> None:
    for case in cases:
        span_of(case, list(AbsenceEntry.objects.filter(case=case, cancelled_at=None)))
        moves.touch(case)
    moves.write()
    recount_cases(cases)
    see_again(students=[case.student_id for case in cases])
