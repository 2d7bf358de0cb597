"""Events: written, repeated, changed, cancelled; never wider than the people one answers for."""

import datetime as dt

import pytest

from pupitre.agenda.audiences import Audience, parse
from pupitre.agenda.models import Event, Occurrence
from pupitre.agenda.queries.exams import exams_of
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.reminding import remind_due
from pupitre.agenda.services.scheduling import cancel, cancel_one, change, change_one, schedule
from pupitre.agenda.tests.factories import THURSDAY, TUESDAY, facts, mine, of_class, scheduled
from pupitre.directory.models import Guardianship, Student
from pupitre.establishments.models import Closure
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.models import AuditEntry
from pupitre.notifications.models import Notification


def days_of(event):
    return [each.starts_on for each in Occurrence.objects.filter(event=event).order_by("starts_on")]


def sees(actor, event):
    return allowed(actor, "agenda.view_event", Event.objects.filter(pk=event.pk)).exists()


def test_an_event_is_for_those_it_names(college, student, parent, teacher, colleague, head):
    election = scheduled(college)
    assert [sees(each, election) for each in (student, parent, teacher, colleague, head)] == [
        False,
        True,
        True,
        True,
        True,
    ]
    exam = of_class(college)
    assert [sees(each, exam) for each in (student, parent, teacher, colleague, head)] == [True, True, True, True, True]
    other = of_class(college, "6C", title="Cross")
    # The brother sits there: their mother sees it, Inès and who does not teach there do not.
    assert [sees(each, other) for each in (student, parent, teacher, colleague)] == [False, True, True, False]


def test_what_is_personal_is_ones_own(college, student, parent, head):
    event = mine(college)
    assert [sees(each, event) for each in (student, parent, head)] == [True, False, False]


def test_a_guardian_shut_out_sees_nothing_of_the_class(college, parent):
    exam = of_class(college)
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    assert not sees(parent, exam)


def test_families_wait_for_their_hours_and_staff_do_not(college, student, teacher):
    with clock.at("2026-11-24T22:15"):
        exam = of_class(college)
        assert sees(teacher, exam)
        assert not sees(student, exam)
    with clock.at("2026-11-25T08:00"):
        assert sees(student, exam)


def test_a_teacher_writes_for_their_classes_and_no_wider(college, teacher, colleague):
    own = (Audience("students", college.groups["4B"].pk),)
    schedule(facts=facts(audience=own), actor=teacher)
    with pytest.raises(Refusal, match=r"C’est trop large.: vous pouvez écrire pour vos classes"):
        schedule(facts=facts(), actor=teacher)
    theirs = (Audience("students", college.groups["6C"].pk),)
    with pytest.raises(Refusal, match=r"C’est trop large.: une classe choisie n’est pas l’une des vôtres"):
        schedule(facts=facts(audience=theirs), actor=colleague)
    assert Event.objects.count() == 1


def test_families_write_for_themselves_alone(college, parent, student):
    for actor in (parent, student):
        with pytest.raises(Refusal, match="agenda personnel seulement"):
            schedule(facts=facts(), actor=actor)


def test_a_week_is_repeated_until_its_end_but_on_days_off(college, head):
    Closure.objects.create(label="Pont", starts_on=dt.date(2026, 12, 8), ends_on=dt.date(2026, 12, 12))
    event = scheduled(college, rule="FREQ=WEEKLY", repeats_until_on=dt.date(2026, 12, 24))
    assert days_of(event) == [THURSDAY, dt.date(2026, 12, 17), dt.date(2026, 12, 24)]
    event = scheduled(college, rule="FREQ=WEEKLY", repeats_until_on=dt.date(2026, 12, 24), open_days_only=False)
    assert len(days_of(event)) == 4


def test_what_repeats_without_end_stops_with_the_school_year(college):
    event = scheduled(college, rule="FREQ=WEEKLY", repeats_until_on=None)
    assert event.repeats_until_on == dt.date(2027, 8, 31)
    assert days_of(event)[-1] <= dt.date(2027, 8, 31)
    beyond = scheduled(college, rule="FREQ=MONTHLY", repeats_until_on=dt.date(2031, 1, 1))
    assert beyond.repeats_until_on == dt.date(2027, 8, 31)


def test_one_day_of_a_series_changes_and_the_others_stay(college, head):
    series = scheduled(college, rule="FREQ=WEEKLY", repeats_until_on=dt.date(2026, 12, 17))
    moved = facts(starts_on=dt.date(2026, 12, 11), ends_on=dt.date(2026, 12, 11), place="Gymnase")
    one = change_one(event=series, on=dt.date(2026, 12, 10), facts=moved, actor=head)
    assert (one.series_id, one.place) == (series.pk, "Gymnase")
    assert days_of(series) == [THURSDAY, dt.date(2026, 12, 17)]
    # The whole series changes: the day that was changed apart stays apart.
    later = facts(rule="FREQ=WEEKLY", repeats_until_on=dt.date(2026, 12, 24), starts_at=dt.time(18))
    change(event=series, facts=later, actor=head)
    assert days_of(series) == [THURSDAY, dt.date(2026, 12, 17), dt.date(2026, 12, 24)]
    with pytest.raises(Refusal, match="n’a pas lieu ce jour-là"):
        cancel_one(event=series, on=dt.date(2026, 12, 10), actor=head)


def test_a_cancelled_event_stays_struck_and_a_personal_one_goes(college, head, student, parent):
    event = scheduled(college)
    cancel(event=event, actor=head, is_told=True)
    assert sees(parent, event)
    told = Notification.objects.filter(person=college.people["parent"], kind="agenda.event")
    assert told.get().title.startswith("Annulé")
    with pytest.raises(Refusal, match="annulé"):
        change(event=event, facts=facts(), actor=head)
    own = mine(college)
    cancel(event=own, actor=student)
    assert not Event.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends_on": TUESDAY}, "La fin vient avant le début. Changez l’un des deux jours"),
        ({"ends_at": dt.time(16)}, "Changez l’une des deux heures"),
        ({"ends_on": dt.date(2027, 5, 1)}, "60 jours au plus"),
        ({"starts_on": dt.date(2035, 1, 1), "ends_on": dt.date(2035, 1, 1)}, "à moins de deux ans"),
        ({"rule": "FREQ=HOURLY"}, "n’est pas comprise"),
        ({"rule": "FREQ=WEEKLY", "repeats_until_on": TUESDAY}, "s’arrête avant de commencer"),
        ({"audience": ()}, "Dites pour qui"),
    ],
)
def test_what_cannot_be_is_said(college, wrong, sentence):
    with pytest.raises(Refusal, match=sentence):
        scheduled(college, **wrong)
    assert not Event.objects.exists()


def test_a_reminder_leaves_once(college, parent):
    event = scheduled(college, remind_minutes=24 * 60)
    with clock.at("2026-12-02T16:50"):
        assert remind_due(college.college.pk) == 0
    with clock.at("2026-12-02T17:05"):
        assert remind_due(college.college.pk) == 1
        assert remind_due(college.college.pk) == 0
    told = Notification.objects.get(kind="agenda.reminder", person=college.people["parent"])
    # Two children here, one event of the whole school: their mother is told once.
    assert told.child_id is None
    assert event.title in told.title


def test_what_is_for_a_class_is_told_about_the_child_in_it(college, head):
    schedule(facts=facts(audience=(Audience("guardians", college.groups["4B"].pk),)), actor=head, is_told=True)
    told = Notification.objects.get(kind="agenda.event", person=college.people["parent"])
    assert told.child_id == college.people["eleve"].pk


def test_the_reminder_of_what_is_personal_is_for_its_author(college):
    mine(college, remind_minutes=60)
    with clock.at("2026-12-03T16:05"):
        remind_due(college.college.pk)
    assert Notification.objects.get(kind="agenda.reminder").person == college.people["eleve"]


def test_the_journal_holds_no_words(college):
    scheduled(college)
    assert AuditEntry.objects.get(verb="agenda.schedule").detail == {"kind": "election"}


def test_tokens_are_read_or_left_out():
    assert parse("students-12") == Audience("students", 12)
    assert Audience("staff").token == "staff"
    assert parse("staff") == Audience("staff")
    assert [parse(token) for token in ("", "cats", "students-", "students-x", "students-" + "9" * 30)] == [
        *(None, None, Audience("students"), None, None)
    ]


def test_rooms_above_ask_which_exams_a_student_sits(college, head):
    of_class(college)
    of_class(college, "6C", title="Évaluation des 6es")
    off = of_class(college, title="Oral")
    cancel(event=off, actor=head)
    scheduled(college)
    ines = Student.objects.get(person=college.people["eleve"]).pk
    others = [each.pk for each in Student.objects.exclude(pk=ines)]
    found = exams_of([ines], TUESDAY, THURSDAY)
    assert [(each.label, each.on, each.is_exam) for each in found] == [("Brevet blanc", THURSDAY, True)]
    assert exams_of([ines], TUESDAY, TUESDAY) == []
    assert "Évaluation des 6es" not in [each.label for each in found]
    assert ines not in {each.student for each in exams_of(others, TUESDAY, THURSDAY)}


def test_an_exam_of_two_days_is_told_on_each_and_cut_to_the_days_asked(college):
    of_class(college, ends_on=THURSDAY + dt.timedelta(days=1), starts_at=None, ends_at=None)
    ines = Student.objects.get(person=college.people["eleve"]).pk
    found = exams_of([ines], TUESDAY, THURSDAY + dt.timedelta(days=9))
    assert [(each.on - THURSDAY).days for each in found] == [0, 1]
    assert len(exams_of([ines], THURSDAY, THURSDAY)) == 1
