"""The life of a dossier, written once more as the law of the school tells it: every step, and nothing else."""

from collections.abc import Iterable
from itertools import product

import pytest

from pupitre.attendance.half_days import Standing
from pupitre.attendance.transitions import OPEN, OVER, TRANSITIONS, Act, By, NotPossible, State, after, standing_after

OFFICE = (By.ASSISTANT, By.COUNSELLOR, By.HEAD)
DECIDE = (By.COUNSELLOR, By.HEAD)
CALL = (By.TEACHER, *OFFICE)
UNTOLD = (State.REPORTED, State.TOLD, State.TO_CONTACT)
LIVE = set(State) - OVER - {State.LOCKED}

# (from, act, who, to)
STEPS: list[tuple[Iterable[State | None], Act, tuple[By, ...], State]] = [
    ([None], Act.MARK_ABSENT, (*CALL, By.SYSTEM), State.REPORTED),
    ([None], Act.ANNOUNCE, (By.FAMILY, *OFFICE), State.PLANNED),
    ([None], Act.ASK_EXEMPTION, (By.FAMILY, *OFFICE), State.EXEMPTION_ASKED),
    ([State.PLANNED], Act.CONFIRM, DECIDE, State.CONFIRMED),
    ([State.PLANNED], Act.DECLINE, DECIDE, State.DECLINED),
    ([State.PLANNED], Act.BEGIN, (*CALL, By.SYSTEM), State.ANSWERED),
    ([State.EXEMPTION_ASKED], Act.GRANT, DECIDE, State.EXEMPT),
    ([State.EXEMPTION_ASKED], Act.DENY, DECIDE, State.NOT_EXEMPT),
    ([*UNTOLD, State.ANSWERED], Act.ARRIVE_LATE, CALL, State.BECAME_LATE),
    ([State.REPORTED, State.TO_CONTACT], Act.TELL, (*OFFICE, By.SYSTEM), State.TOLD),
    ([State.REPORTED], Act.FAIL_TO_TELL, (*OFFICE, By.SYSTEM), State.TO_CONTACT),
    ([*UNTOLD, State.ANSWERED, State.REFUSED], Act.ANSWER, (By.FAMILY, *OFFICE), State.ANSWERED),
    (OPEN, Act.ENTER_REASON, OFFICE, State.REASONED),
    ([State.ANSWERED, State.REASONED], Act.ACCEPT, DECIDE, State.ACCEPTED),
    ([State.ANSWERED, State.REASONED], Act.REFUSE, DECIDE, State.REFUSED),
    ([State.ACCEPTED, State.REFUSED, State.REASONED], Act.SETTLE, OFFICE, State.SETTLED),
    (LIVE, Act.LOCK, (By.HEAD, By.SYSTEM), State.LOCKED),
    ([State.LOCKED], Act.UNLOCK, (By.HEAD,), State.ACCEPTED),
    ([*OPEN, State.PLANNED, State.CONFIRMED], Act.MERGE, OFFICE, State.MERGED),
    # The test says which state to come back to, as after a lock.
    ([*OPEN, State.PLANNED, State.CONFIRMED], Act.SPLIT, OFFICE, State.ACCEPTED),
    (LIVE, Act.CANCEL, (By.AUTHOR, *DECIDE), State.CANCELLED),
]
POSSIBLE = {(state, act, by): target for sources, act, whom, target in STEPS for state, by in product(sources, whom)}


@pytest.mark.parametrize("act", Act)
def test_an_act_leads_where_the_table_says_and_nowhere_else(act):
    for state, by in product([None, *State], By):
        expected = POSSIBLE.get((state, act, by))
        try:
            found = after(state, act, by, why="Parce que.", before_lock=State.ACCEPTED)
        except NotPossible:
            found = None
        assert found == expected, (state, act, by)


@pytest.mark.parametrize("act", [each for each in Act if TRANSITIONS[each].says_why])
def test_an_act_that_hurts_says_why(act):
    [source, *_rest] = TRANSITIONS[act].sources
    [by, *_others] = TRANSITIONS[act].by
    with pytest.raises(NotPossible, match="Dites pourquoi"):
        after(source, act, by, why="  ", before_lock=State.ACCEPTED)


def test_the_refusal_says_what_to_do():
    with pytest.raises(NotPossible, match="seule la direction peut rouvrir"):
        after(State.LOCKED, Act.ENTER_REASON, By.COUNSELLOR)
    with pytest.raises(NotPossible, match="« Réglée » : quelqu’un l’a changé"):
        after(State.SETTLED, Act.ACCEPT, By.COUNSELLOR)
    with pytest.raises(NotPossible, match="Demandez au CPE"):
        after(State.ANSWERED, Act.ACCEPT, By.ASSISTANT)
    with pytest.raises(NotPossible, match="où il en était"):
        after(State.LOCKED, Act.UNLOCK, By.HEAD, why="Erreur de date.")


@pytest.mark.parametrize(
    ("act", "receivable", "standing"),
    [
        (Act.MARK_ABSENT, False, Standing.UNJUSTIFIED),
        (Act.TELL, False, Standing.UNJUSTIFIED),
        (Act.ANSWER, False, Standing.PENDING),
        (Act.ACCEPT, False, Standing.JUSTIFIED),
        (Act.REFUSE, True, Standing.UNJUSTIFIED),
        (Act.ENTER_REASON, True, Standing.JUSTIFIED),
        (Act.ENTER_REASON, False, Standing.UNJUSTIFIED),
        (Act.CONFIRM, False, Standing.JUSTIFIED),
    ],
)
def test_what_an_absence_is_worth_follows_the_act(act, receivable, standing):
    assert standing_after(act, Standing.UNJUSTIFIED, is_receivable=receivable) is standing


def test_closing_a_dossier_changes_nothing_of_what_it_is_worth():
    for act in (Act.SETTLE, Act.LOCK, Act.UNLOCK, Act.TELL, Act.CANCEL):
        for standing in Standing:
            assert standing_after(act, standing) is standing
