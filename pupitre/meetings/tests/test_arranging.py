"""The plan of an evening: other schools, reasons, moves by hand, publication, the night's chores, who came."""

import datetime as dt
from typing import Any

import pytest

from pupitre.directory.tests.factories import PersonFactory, make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.meetings.models import Meeting, Wish
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.services.arranging import every_night, move, note_seen, options_for, publish, remove
from pupitre.meetings.services.asking import ask, take_free
from pupitre.meetings.services.planning import ask_plan, make_plan
from pupitre.meetings.services.preparing import Place, call_off, open_wishes, prepare, settle
from pupitre.meetings.slots import hours_of, slots_of_family
from pupitre.meetings.tests.factories import (
    acting,
    actor_of,
    asked,
    child,
    evening,
    opened,
    planned,
    prepared,
    published,
    teacher,
    the_wish,
)
from pupitre.notifications.models import Notification
from tests.jobs import run_jobs


def test_slots_leave_the_pause_and_the_gaps_out(college):
    meeting = prepared(college, gap_minutes=5, pause_starts_at=dt.time(17, 40), pause_ends_at=dt.time(18))
    shown = [f"{at:%H:%M}" for at in hours_of(meeting)]
    assert shown == ["17:00", "17:15", "17:30", "18:00", "18:15", "18:30", "18:45"]
    assert slots_of_family(meeting, [dt.time(17)]) == frozenset({2, 3, 4, 5, 6})


def test_the_plan_is_a_job_and_the_page_knows_what_it_is_worth(college):
    meeting = opened(college)
    asked(college, meeting)
    ask_plan(meeting=meeting, actor=actor_of(college, "principal"))
    with pytest.raises(Refusal, match="déjà en cours"):
        ask_plan(meeting=meeting, actor=actor_of(college, "principal"))
    assert "meetings.plan" in run_jobs()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.work, meeting.percent) == (Meeting.State.PLANNED, "", 100)
    assert meeting.figures["planned"] == {"served": 1, "priority": 1, "waiting": 0, "walks": 0}
    make_plan(meeting.pk, meeting.establishment_id)
    assert the_wish().slot is not None


def test_a_family_with_a_child_in_another_school_is_never_in_two_places(college):
    """The lycée publishes first: the collège leaves these hours and the journey out."""
    with scope(college.lycee.pk):
        head = acting(college.people["principal"].pk, college.lycee)
        narrow = evening(starts_at=dt.time(17, 30), ends_at=dt.time(17, 50))
        there = prepare(evening=narrow, groups=[], actor=head)
        open_wishes(meeting=there, actor=head)
        nadia = actor_of(college, "parent", college.lycee)
        levels = {(child(college, "soeur").pk, teacher(college, there).pk): 2}
        ask(meeting=there, levels=levels, away=[], is_shared=False, actor=nadia)
        ask_plan(meeting=there, actor=head)
        make_plan(there.pk, college.lycee.pk)
        there.refresh_from_db()
        publish(meeting=there, actor=head)
        taken = the_wish().slot or 0
    # At 17:30 or 17:40, with twenty minutes before and after.
    meeting = opened(college, starts_at=dt.time(17), ends_at=dt.time(18, 20))
    asked(college, meeting)
    planned(college, meeting)
    begins = hours_of(meeting)[the_wish().slot or 0]
    since = 17 * 60 + 30 + 10 * taken
    at = begins.hour * 60 + begins.minute
    assert at + 10 <= since - 20 or at >= since + 30
    shut = [each for each in options_for(meeting, the_wish()) if "autre établissement" in each.problem]
    assert len(shut) >= 4
    published(college, meeting)
    facts: dict[str, Any] = {
        "meeting": meeting,
        "student_id": child(college, "frere").pk,
        "teacher": teacher(college, meeting),
    }
    with pytest.raises(Refusal, match="dans un autre établissement"):
        take_free(**facts, slot=shut[0].slot, actor=actor_of(college, "parent"))


def test_too_few_slots_say_why_without_naming_anybody(college):
    meeting = opened(college, starts_at=dt.time(17), ends_at=dt.time(17, 20))
    others = []
    for number in range(3):
        person = PersonFactory(last_name=f"VOISIN{number}", first_name="Paul")
        make_guardian(person, college.people["eleve"], college.college)
        others.append(acting(person.pk, college.college))
    for actor in others:
        asked(college, meeting, actor)
    asked(college, meeting, level=1)
    planned(college, meeting)
    left = Wish.objects.filter(slot=None)
    assert left.count() == 2
    assert {each.why for each in left} == {Wish.Why.FULL}
    assert left.filter(request__guardian=college.people["parent"]).exists()


def test_a_family_that_cannot_come_when_the_teacher_is_there_is_told_so(college):
    meeting = opened(college)
    places = {teacher(college, meeting).pk: Place("204", "Étage 2", until_at=dt.time(17, 30))}
    settle(meeting=meeting, places=places, left_out=[], actor=actor_of(college, "principal"))
    asked(college, meeting, away=[dt.time(17)])
    planned(college, meeting)
    assert the_wish().why == Wish.Why.HOURS


def test_an_appointment_moved_by_hand_stays_where_it_was_put(college):
    meeting = opened(college)
    asked(college, meeting, away=[dt.time(18, 30)])
    planned(college, meeting)
    wish, head = the_wish(), actor_of(college, "principal")
    warned = [each for each in options_for(meeting, wish) if each.problem]
    assert {each.problem for each in warned} == {"La famille a dit ne pas pouvoir venir"}
    move(meeting=meeting, wish=wish, slot=11, actor=head)
    planned(college, meeting)
    assert the_wish().slot == 11
    with pytest.raises(Refusal, match="pas dans la soirée"):
        move(meeting=meeting, wish=wish, slot=40, actor=head)


def test_a_time_that_somebody_holds_is_shown_with_who_holds_it(college):
    meeting = opened(college)
    asked(college, meeting, pairs=[("eleve", "enseignante"), ("frere", "enseignante")])
    planned(college, meeting)
    one, other = Wish.objects.select_related("request", "teacher").order_by("slot")
    problems = {each.slot: each.problem for each in options_for(meeting, one)}
    assert problems[other.slot].startswith("Pris")
    with pytest.raises(Refusal, match="choisissez une autre heure"):
        move(meeting=meeting, wish=one, slot=other.slot, actor=actor_of(college, "principal"))


def test_publication_tells_families_and_teachers_and_changes_are_told_after(college):
    meeting = opened(college)
    asked(college, meeting)
    published(college, meeting)
    told = Notification.objects.filter(kind="meetings.slots")
    assert {each.person_id for each in told} == {
        college.people[slug].pk for slug in ("parent", "enseignante", "collegue")
    }
    remove(meeting=meeting, wish=the_wish(), actor=actor_of(college, "principal"))
    assert Notification.objects.filter(kind="meetings.changed", person=college.people["parent"]).exists()
    assert the_wish().state == Wish.State.CANCELLED


def test_a_proposal_that_nobody_confirmed_is_given_to_others_and_the_eve_is_recalled(college):
    meeting = opened(college, confirm_until_on=dt.date(2026, 12, 1))
    asked(college, meeting)
    published(college, meeting)
    with clock.at("2026-12-01T23:00"):
        assert every_night() == []
    with clock.at("2026-12-02T02:00"):
        assert len(every_night()) == 2
        assert every_night() == []
    assert (the_wish().state, the_wish().slot) == (Wish.State.EXPIRED, None)
    assert Notification.objects.filter(kind="meetings.reminder", person=college.people["enseignante"]).exists()


def test_the_teacher_says_who_came(college):
    meeting = opened(college)
    asked(college, meeting)
    published(college, meeting)
    note_seen(wish=the_wish(), seen="missed", actor=actor_of(college, "enseignante"))
    assert the_wish().seen == Wish.Seen.MISSED
    with pytest.raises(Refusal, match="n’existe plus"):
        note_seen(wish=the_wish(), seen="peut-être", actor=actor_of(college, "enseignante"))


def test_an_evening_called_off_frees_everybody(college):
    meeting = opened(college)
    asked(college, meeting)
    published(college, meeting)
    call_off(meeting=meeting, actor=actor_of(college, "principal"))
    assert (the_wish().state, the_wish().slot) == (Wish.State.CANCELLED, None)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"held_on": dt.date(2026, 11, 20)}, "Ce jour est passé"),
        ({"ends_at": dt.time(16)}, "finit avant de commencer"),
        ({"ends_at": dt.time(17, 15)}, "trop courte"),
        ({"pause_starts_at": dt.time(18)}, "Une pause a un début et une fin"),
        ({"closes_at": dt.datetime(2026, 12, 3, 18, tzinfo=clock.PARIS)}, "se ferment avant la soirée"),
    ],
)
def test_an_evening_that_makes_no_sense_is_refused_with_a_sentence(college, more, why):
    with pytest.raises(Refusal, match=why):
        prepared(college, **more)


def test_a_teacher_who_was_asked_for_is_not_left_out(college):
    meeting = opened(college)
    asked(college, meeting)
    with pytest.raises(Refusal, match="ne peut plus être retiré"):
        settle(
            meeting=meeting, places={}, left_out=[teacher(college, meeting).pk], actor=actor_of(college, "principal")
        )
