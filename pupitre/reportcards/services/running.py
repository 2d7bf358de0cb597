"""A publication, done by a job in batches: each is committed, so that its progress is seen and a stop is obeyed."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pupitre.directory.models import Group
from pupitre.establishments.models import Establishment, Term
from pupitre.establishments.scope import scope
from pupitre.foundation import clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.reportcards.models import PrintRun, ReportCard
from pupitre.reportcards.services.publishing import JOB, give

BATCH = 10
"""Bulletins given in one transaction."""
_GOING = (PrintRun.State.WAITING, PrintRun.State.RUNNING)


def run(establishment_id: int, run_id: int, user_id: int) -> None:
    """Do what is left of a publication; done twice, it gives nothing twice."""
    with scope(establishment_id):
        batches = list(_batches(run_id))
    for cards in batches:
        if jobs.must_stop():
            with scope(establishment_id):
                jobs.enqueue(JOB, establishment_id=establishment_id, run_id=run_id, user_id=user_id)
            return
        with scope(establishment_id):
            if not _one_batch(run_id, user_id, cards):
                return
    with scope(establishment_id):
        PrintRun.objects.filter(pk=run_id, state__in=_GOING).update(state=PrintRun.State.DONE, ended_at=clock.now())


def _batches(run_id: int) -> Iterator[list[int]]:
    """The cards to give, class by class, ten at a time."""
    found = PrintRun.objects.filter(pk=run_id, state__in=_GOING).first()
    if found is None:
        return
    PrintRun.objects.filter(pk=run_id).update(state=PrintRun.State.RUNNING)
    cards = ReportCard.objects.filter(term=found.term_id, status=ReportCard.Status.VALIDATED)
    if found.division_id is not None:
        cards = cards.filter(division=found.division_id)
    rows = cards.order_by("division__label", "division", "student__person__sort_key").values_list("division", "pk")
    for _division, group in groupby(rows, lambda row: row[0]):
        pks = [pk for _d, pk in group]
        yield from (pks[first : first + BATCH] for first in range(0, len(pks), BATCH))


def _one_batch(run_id: int, user_id: int, pks: Sequence[int]) -> bool:
    """Give ten bulletins of one class; False when the run was stopped."""
    found = PrintRun.objects.select_for_update().filter(pk=run_id, state__in=_GOING).first()
    if found is None:
        return False
    cards = list(
        ReportCard.objects.filter(pk__in=pks, status=ReportCard.Status.VALIDATED).select_for_update(of=("self",))
    )
    if cards:
        division, term = Group.objects.get(pk=cards[0].division_id), Term.objects.get(pk=found.term_id)
        made, same = give(cards, division, term, _actor(found, user_id))
        found.same += same
        found.done += made + same
    found.save(update_fields=["done", "same"])
    return True


def _actor(found: PrintRun, user_id: int) -> Actor:
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=found.establishment_id)
    return Actor(user_id, found.asked_by_id or 0, found.establishment_id, uai)
