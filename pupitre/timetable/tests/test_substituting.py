"""A teacher is away: who is proposed, who answers, and what families see of it."""

import datetime as dt
from dataclasses import replace

import pytest

from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.notifications.models import Notification
from pupitre.timetable.models import Course, LessonChange, SubstitutionOffer
from pupitre.timetable.queries import week_of_teacher
from pupitre.timetable.queries.planned import planned_lesson
from pupitre.timetable.queries.substitution import lessons_of_absence, replacements_of_term
from pupitre.timetable.refusals import Refusal
from pupitre.timetable.services.changing import change_lesson
from pupitre.timetable.services.substituting import answer_offer, declare_absence, offer_lesson, withdraw_absence
from pupitre.timetable.tests.factories import acting, make_course, make_slot

TUESDAY = dt.date(2026, 11, 24)
NEXT = TUESDAY + dt.timedelta(days=7)


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def head(cast):
    return acting(cast, "principal", Profile.HEAD)


@pytest.fixture
def teacher(cast):
    return acting(cast, "enseignante", Profile.TEACHER)


def away(cast, head, **more):
    facts = {"starts_on": NEXT, "ends_on": NEXT, "starts_at": None, "ends_at": None, "reason": "Santé", **more}
    return declare_absence(person=cast.people["collegue"], actor=head, **facts)


def french():
    return planned_lesson(Course.objects.get(subject__code="020700").pk, NEXT, dt.time(10, 10))


def proposed(cast, head):
    # At 10:10 the teacher of the cast has the 6C: another hour of French, when she is free.
    make_slot(french().course, 2, "15:30", "16:25")
    lesson = planned_lesson(french().course.pk, NEXT, dt.time(15, 30))
    assert lesson is not None
    absence = away(cast, head)
    return lesson, offer_lesson(absence=absence, lesson=lesson, teacher=cast.people["enseignante"], actor=head)


def test_the_lessons_of_who_is_away_are_listed_with_who_is_free(college, head):
    other = make_course(college.groups["6C"], french().course.subject, college.people["cpe"])
    make_slot(other, 1, "08:05", "09:00")
    (row,) = lessons_of_absence(away(college, head), head)
    assert (row.lesson.subject, row.on, row.is_open) == ("Français", NEXT, True)
    # The teacher of the 4B has the 6C then, and who is away is proposed nothing.
    assert [each.person for each in row.free] == []


@pytest.mark.parametrize(
    ("hours", "count"),
    [({"starts_at": dt.time(11, 5)}, 0), ({"ends_at": dt.time(10)}, 0), ({"ends_at": dt.time(11)}, 1)],
)
def test_an_absence_of_some_hours_leaves_the_others(college, head, hours, count):
    assert len(lessons_of_absence(away(college, head, **hours), head)) == count


def test_an_absence_that_ends_before_it_begins_is_refused(college, head):
    with pytest.raises(Refusal, match="après son début"):
        away(college, head, ends_on=TUESDAY)


def test_a_teacher_accepts_and_the_lesson_is_theirs(college, head, teacher):
    _lesson, offer = proposed(college, head)
    title = Notification.objects.get().title
    assert "remplacer un collègue" in title
    answer_offer(offer=offer, accepts=True, actor=teacher)
    lessons = week_of_teacher(college.college.pk, college.people["enseignante"].pk, NEXT)
    assert [each.is_held for each in lessons if each.change] == [True]
    assert replacements_of_term(NEXT) == {college.people["enseignante"].pk: 1}
    assert Notification.objects.get().read_at is not None
    with pytest.raises(Refusal, match="déjà répondu"):
        answer_offer(offer=offer, accepts=False, actor=teacher)


def test_a_refusal_is_told_to_nobody_and_the_lesson_may_be_proposed_again(college, head, teacher):
    lesson, offer = proposed(college, head)
    answer_offer(offer=offer, accepts=False, actor=teacher)
    assert Notification.objects.count() == 1
    assert not LessonChange.objects.exists()
    (row,) = [each for each in lessons_of_absence(offer.absence, head) if each.key == lesson.key]
    assert [each.teacher for each in row.refused] == [college.people["enseignante"]]
    offer_lesson(absence=offer.absence, lesson=lesson, teacher=college.people["enseignante"], actor=head)


def test_one_offer_at_a_time_and_only_to_who_is_free(college, head):
    lesson, offer = proposed(college, head)
    with pytest.raises(Refusal, match="déjà proposé"):
        offer_lesson(absence=offer.absence, lesson=lesson, teacher=college.people["enseignante"], actor=head)
    with pytest.raises(Refusal, match="a déjà cours"):
        offer_lesson(absence=offer.absence, lesson=french(), teacher=college.people["enseignante"], actor=head)


def test_a_lesson_cancelled_since_cannot_be_taken(college, head, teacher):
    lesson, offer = proposed(college, head)
    change_lesson(lesson=lesson, facts=replace(lesson.facts, state="cancelled"), actor=head)
    with pytest.raises(Refusal, match="plus personne"):
        answer_offer(offer=offer, accepts=True, actor=teacher)


def test_who_comes_back_has_their_lessons_and_offers_go(college, head):
    _lesson, offer = proposed(college, head)
    withdraw_absence(absence=offer.absence, actor=head)
    assert SubstitutionOffer.objects.get().state == "withdrawn"


def test_an_offer_waits_on_the_home_of_the_teacher(college, head, client):
    _lesson, offer = proposed(college, head)
    page = college.sign_in(client, "enseignante").get(f"/{college.college.uai}/").content.decode()
    assert f"/emploi-du-temps/remplacement/{offer.pk}/" in page
    assert "Remplacer M. Lemoine" in page
    others = college.sign_in(client, "collegue").get(f"/{college.college.uai}/").content.decode()
    assert f"/emploi-du-temps/remplacement/{offer.pk}/" not in others
