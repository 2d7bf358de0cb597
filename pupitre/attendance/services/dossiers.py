"""Moving dossiers: the one place where their state changes, each time with its event."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CaseEvent, PastVersion
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.transitions import OVER, WITHOUT_REASON, Act, By, NotPossible, State, after, standing_after
from pupitre.foundation import clock

_FACTS = ("kind", "starts_at", "ends_at", "counts", "comment", "case_id", "author_id")


class Moves:
    """Dossiers moved in memory, written together: their rows in one statement, their events in another."""

    def __init__(self, author_id: int | None, by: By) -> None:
        self.author_id, self.by = author_id, by
        self.now = clock.now()
        self.changed: dict[int, AbsenceCase] = {}
        self._events: list[CaseEvent] = []

    def move(
        self, case: AbsenceCase, act: Act, *, by: By | None = None, why: str = "", is_receivable: bool = False
    ) -> None:
        """Change the state of a dossier, and what it is worth. Raises Refusal."""
        before = State(case.state)
        try:
            kept = before if act is Act.SPLIT else _before_lock(case)
            state = after(before, act, by or self.by, why=why, before_lock=kept)
        except NotPossible as no:
            raise Refusal(str(no)) from None
        case.state_before_lock = before if act is Act.LOCK else ""
        case.state = state
        case.standing = standing_after(act, Standing(case.standing), is_receivable=is_receivable).value
        self.changed[case.pk] = case
        self._events.append(self._event(case, act, before, why))

    def born(self, case: AbsenceCase, act: Act, why: str = "") -> None:
        """Note the birth of a dossier just created."""
        self._events.append(self._event(case, act, "", why))

    def note(self, case: AbsenceCase, act: Act, why: str = "") -> None:
        """Note a step that leaves a dossier in its state."""
        self.changed[case.pk] = case
        self._events.append(self._event(case, act, case.state, why))

    def touch(self, case: AbsenceCase) -> None:
        """Have a dossier written again: its hours changed, not its state."""
        self.changed[case.pk] = case

    def write(self) -> None:
        """Write what moved; two statements at most."""
        if self.changed:
            AbsenceCase.objects.bulk_update(self.changed.values(), _COLUMNS)
        if self._events:
            CaseEvent.objects.bulk_create(self._events)
        self.changed, self._events = {}, []

    def _event(self, case: AbsenceCase, act: Act, before: str, why: str) -> CaseEvent:
        return CaseEvent(
            establishment_id=case.establishment_id,
            case_id=case.pk,
            at=self.now,
            author_id=self.author_id,
            act=act.value,
            from_state=before,
            to_state=case.state,
            comment=why[:300],
        )


_COLUMNS = (
    *("state", "standing", "state_before_lock", "reason", "counts", "starts_on", "starts_at", "ends_on", "ends_at"),
    *("contact_due_at", "told_at", "answer_due_at", "decided_at", "decided_by_id", "decision", "refusals"),
)


def refit(cases: Iterable[AbsenceCase], moves: Moves, *, late: set[int]) -> list[AbsenceCase]:
    """Fit dossiers to the entries that they still have; one statement. Returns those that ended for lack of any.

    `late`: the students who turned out to be late only.
    """
    by_pk = {case.pk: case for case in cases}
    if not by_pk:
        return []
    entries: dict[int, list[AbsenceEntry]] = {pk: [] for pk in by_pk}
    for entry in AbsenceEntry.objects.filter(case__in=by_pk, cancelled_at=None).order_by("away_on", "starts_at"):
        entries[entry.case_id].append(entry)
    ended = []
    for pk, case in by_pk.items():
        if entries[pk]:
            span_of(case, entries[pk])
            moves.touch(case)
        elif case.state not in OVER:
            case.contact_due_at = None
            _end(case, moves, is_late=case.student_id in late)
            ended.append(case)
    return ended


def _end(case: AbsenceCase, moves: Moves, *, is_late: bool) -> None:
    if is_late and case.state in WITHOUT_REASON | {State.ANSWERED}:
        moves.move(case, Act.ARRIVE_LATE)
    else:
        moves.move(case, Act.CANCEL, by=By.AUTHOR, why=_("L’appel a été corrigé."))


def span_of(case: AbsenceCase, entries: Sequence[AbsenceEntry]) -> None:
    """Give a dossier the days and hours of its entries."""
    first = min(entries, key=lambda each: (each.away_on, each.starts_at))
    last = max(entries, key=lambda each: (each.away_on, each.ends_at))
    case.starts_on, case.starts_at = first.away_on, first.starts_at
    case.ends_on, case.ends_at = last.away_on, last.ends_at


def past_of(entry: AbsenceEntry, author_id: int | None) -> PastVersion:
    """What an entry said until now, to be kept before it changes."""
    facts = {name: _plain(getattr(entry, name)) for name in _FACTS}
    return PastVersion(
        establishment_id=entry.establishment_id,
        table="entry",
        row_id=entry.pk,
        version=entry.version,
        facts=facts,
        replaced_by_id=author_id,
        replaced_at=clock.now(),
    )


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | bool | None) else str(value)


def _before_lock(case: AbsenceCase) -> State | None:
    return State(case.state_before_lock) if case.state_before_lock else None
