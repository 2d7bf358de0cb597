"""What families ask, and what they may not."""

import datetime as dt
from typing import Any

import pytest

from pupitre.directory.models import Guardianship
from pupitre.directory.tests.factories import PersonFactory, make_guardian
from pupitre.foundation import clock
from pupitre.meetings.models import FamilyRequest, Wish
from pupitre.meetings.queries.family import evening_of, request_of
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.services.asking import accept, ask, give_back, take_free
from pupitre.meetings.services.telling import guardians_invited, people_of
from pupitre.meetings.tests.factories import (
    acting,
    actor_of,
    asked,
    child,
    opened,
    published,
    teacher,
    the_wish,
)

BOTH = [("eleve", "enseignante"), ("frere", "enseignante")]


@pytest.fixture
def father(college):
    """The other parent of both children."""
    person = PersonFactory(last_name="BELKACEM", first_name="Mourad", sex="M")
    for slug in ("eleve", "frere"):
        make_guardian(person, college.people[slug], college.college, relation="20")
    return person


def test_wishes_are_changed_until_they_close(college):
    meeting = opened(college)
    asked(college, meeting, pairs=BOTH)
    asked(college, meeting, pairs=[("eleve", "collegue")], level=1)
    wish = the_wish()
    assert (wish.teacher.name, wish.level, wish.state) == ("M. Lemoine", Wish.Level.WISHED, Wish.State.ASKED)
    with clock.at("2026-11-30T20:00"), pytest.raises(Refusal, match="fermés depuis le lundi 30"):
        asked(college, meeting)


def test_each_child_has_its_own_teachers(college):
    meeting = opened(college)
    page = evening_of(actor_of(college, "parent"), meeting)
    assert [(each.first_name, [t.name for t in each.teachers]) for each in page.children] == [
        ("Inès", ["M. Lemoine", "Mme Roussel"]),
        ("Elias", ["Mme Roussel"]),
    ]


def test_a_class_that_is_not_invited_is_not_asked(college):
    meeting = opened(college, "6C")
    assert [each.first_name for each in evening_of(actor_of(college, "parent"), meeting).children] == ["Elias"]
    assert [each.child_id for each in guardians_invited(meeting)] == [college.people["frere"].pk]
    with pytest.raises(Refusal, match="n’enseigne pas"):
        asked(college, meeting)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"pairs": [("frere", "collegue")]}, "n’enseigne pas à votre enfant"),
        ({"pairs": [*BOTH, ("eleve", "collegue")]}, "2 au plus par famille"),
        ({"level": 0}, "au moins un professeur"),
        ({"away": [dt.time(17), dt.time(17, 30), dt.time(18), dt.time(18, 30)]}, "à aucune heure"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(college, more, why):
    meeting = opened(college, most_wishes=2)
    with pytest.raises(Refusal, match=why):
        asked(college, meeting, **more)
    assert not FamilyRequest.objects.exists()


def test_separated_parents_each_have_their_own_or_share(college, father):
    meeting, other = opened(college), acting(father.pk, college.college)
    mine = asked(college, meeting, pairs=BOTH)
    assert request_of(other, meeting) is None
    assert people_of([mine.pk]) == [*people_of([mine.pk])[:1]]
    asked(college, meeting, pairs=BOTH, is_shared=True)
    assert request_of(other, meeting) == mine
    assert {each.person_id for each in people_of([mine.pk])} == {college.people["parent"].pk, father.pk}
    asked(college, meeting, other, is_shared=False)
    assert FamilyRequest.objects.count() == 2
    own = request_of(other, meeting)
    assert own is not None
    assert own.guardian == father


def test_a_guardian_shut_out_of_one_child_sees_nothing_of_the_shared_request(college, father):
    meeting, other = opened(college), acting(father.pk, college.college)
    asked(college, meeting, pairs=BOTH, is_shared=True)
    Guardianship.objects.filter(guardian=father, student=college.people["eleve"]).update(is_restricted=True)
    page = evening_of(other, meeting)
    assert page.request is None
    assert [each.first_name for each in page.children] == ["Elias"]
    with pytest.raises(Refusal, match="n’enseigne pas"):
        asked(college, meeting, other)
    assert father.pk not in {each.person_id for each in people_of([FamilyRequest.objects.get().pk])}


def test_what_was_asked_of_a_child_is_hidden_from_a_parent_shut_out_since(college):
    meeting = opened(college)
    asked(college, meeting, pairs=BOTH)
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    page = evening_of(actor_of(college, "parent"), meeting)
    assert [wish.student_id for wish in page.wishes.values()] == [child(college, "frere").pk]


def test_appointments_are_accepted_refused_and_given_back(college):
    meeting = opened(college)
    asked(college, meeting)
    published(college, meeting)
    wish, nadia = the_wish(), actor_of(college, "parent")
    assert wish.state == Wish.State.PROPOSED
    assert accept(meeting=meeting, wishes=[wish], actor=nadia) == 1
    wish.refresh_from_db()
    give_back(meeting=meeting, wish=wish, actor=nadia)
    assert (wish.state, wish.slot) == (Wish.State.CANCELLED, None)


def test_a_free_time_is_taken_once(college, father):
    meeting = opened(college)
    asked(college, meeting, pairs=[("frere", "enseignante")])
    published(college, meeting)
    roussel, nadia, other = teacher(college, meeting), actor_of(college, "parent"), acting(father.pk, college.college)
    held = the_wish().slot or 0
    facts: dict[str, Any] = {"meeting": meeting, "student_id": child(college).pk, "teacher": roussel}
    with pytest.raises(Refusal, match="déjà un rendez-vous à cette heure"):
        take_free(**facts, slot=held, actor=nadia)
    with pytest.raises(Refusal, match="vient d’être pris"):
        take_free(**facts, slot=held, actor=other)
    with pytest.raises(Refusal, match="ne reçoit pas à cette heure"):
        take_free(**facts, slot=99, actor=other)
    assert take_free(**facts, slot=held + 1, actor=other).state == Wish.State.ACCEPTED


def test_nothing_is_taken_before_the_plan_is_published(college):
    meeting = opened(college)
    facts: dict[str, Any] = {"meeting": meeting, "student_id": child(college).pk, "teacher": teacher(college, meeting)}
    with pytest.raises(Refusal, match="n’est pas, ou n’est plus"):
        take_free(**facts, slot=0, actor=actor_of(college, "parent"))


def test_two_wishes_for_one_teacher_are_kept_apart_by_child(college):
    meeting = opened(college)
    ask(
        meeting=meeting,
        levels={(child(college, slug).pk, teacher(college, meeting).pk): 2 for slug in ("eleve", "frere")},
        away=[],
        is_shared=False,
        actor=actor_of(college, "parent"),
    )
    published(college, meeting)
    slots = sorted(Wish.objects.exclude(slot=None).values_list("slot", flat=True))
    assert slots[1] - slots[0] == 1
