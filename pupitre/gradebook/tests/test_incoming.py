"""Marks that an outside tool sends: a draft, read by a teacher before it counts."""

import datetime as dt
from decimal import Decimal

import pytest

from pupitre.foundation import clock
from pupitre.gradebook.models import Assessment, IncomingColumn, IncomingMark, StudentMark
from pupitre.gradebook.services.confirming import NotAllTaken, Taken, confirm_column, set_aside
from pupitre.gradebook.services.entering import Told
from pupitre.gradebook.services.receiving import (
    NotInCourse,
    OlderMark,
    Sent,
    Source,
    declare_column,
    receive_mark,
    receive_marks,
    withdraw_column,
)
from pupitre.gradebook.tests.factories import assessed, course_of, first_term, marked

TOOL = Source("lti:7", "Exercices en ligne")
EARLIER = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def sent(student, points, at=EARLIER, maximum=10, comment=""):
    return Sent(student.pk, None if points is None else Decimal(str(points)), Decimal(maximum), at, comment)


@pytest.fixture
def column(college):
    first_term()
    course = course_of(college.groups["4B"])
    return declare_column(source=TOOL, external_id="quiz-1", course=course, title="Quiz", maximum=Decimal(10))


def form_of(column, student, text, **more):
    row = IncomingMark.objects.get(column=column, student=student)
    key = student.pk
    return {f"n{key}": text, f"b{key}": "0", f"v{key}": str(row.version), f"r{key}": "", **more}


NEW = {"vers": "sur-20", "title": "Quiz", "held_on": "2026-11-23", "coefficient": "1"}


def test_a_column_is_one_for_a_tool_and_its_own_number(column):
    again = declare_column(
        source=TOOL, external_id="quiz-1", course=column.course, title="Quiz de novembre", maximum=Decimal(20)
    )
    other = Source("moodle:7", "Moodle")
    declare_column(source=other, external_id="quiz-1", course=column.course, title="Quiz", maximum=Decimal(10))
    assert again.pk == column.pk
    assert (again.title, IncomingColumn.objects.count()) == ("Quiz de novembre", 2)
    with pytest.raises(ValueError, match="0"):
        declare_column(source=TOOL, external_id="quiz-2", course=column.course, title="x", maximum=Decimal(0))


def test_what_is_older_or_as_old_is_refused_and_changes_nothing(column, ines):
    receive_mark(column=column, sent=sent(ines, 8))
    for at in (EARLIER, EARLIER - dt.timedelta(seconds=1)):
        with pytest.raises(OlderMark):
            receive_mark(column=column, sent=sent(ines, 2, at))
    assert IncomingMark.objects.get().points == 8
    receive_mark(column=column, sent=sent(ines, 9, EARLIER + dt.timedelta(microseconds=1)))
    assert IncomingMark.objects.get().points == 9


def test_many_at_once_each_with_its_fate_in_few_statements(column, ines, malo, cast, django_assert_max_num_queries):
    receive_mark(column=column, sent=sent(malo, 3))
    stranger = Sent(10**9, Decimal(4), Decimal(10), EARLIER)
    with django_assert_max_num_queries(8):
        done = receive_marks(column=column, sent=[sent(ines, 7), sent(malo, 5), stranger])
    assert (done.kept, done.older, done.unknown) == ([ines.pk], [malo.pk], [10**9])
    with pytest.raises(NotInCourse):
        receive_mark(column=column, sent=stranger)


def test_nothing_counts_or_shows_before_the_teacher_has_read_it(column, ines, client_of, at, teacher):
    receive_mark(column=column, sent=sent(ines, 8))
    assert not StudentMark.objects.exists()
    page = client_of("eleve").get(at("student", ines.pk)).content.decode()
    assert "Quiz" not in page
    assert "Les relire" in client_of("enseignante").get(at("grid", column.course_id)).content.decode()
    assert "Les relire" in client_of("enseignante").get(at("home")).content.decode()
    assert "Les relire" not in client_of("collegue").get(at("home")).content.decode()


def test_who_may_not_confirm_is_not_led_there(column, ines, client_of, at):
    receive_mark(column=column, sent=sent(ines, 8))
    for slug, is_led in (("enseignante", True), ("principal", True), ("cpe", False)):
        page = client_of(slug).get(at("home")).content.decode()
        assert (at("received") in page) is is_led, slug


def test_a_mark_is_confirmed_into_a_new_assessment_brought_to_its_scale(column, ines, client_of, at):
    receive_mark(column=column, sent=sent(ines, 7.25, comment="Bien lu"))
    client = client_of("enseignante")
    page = client.get(at("review", column.pk) + "?vers=sur-20").content.decode()
    assert 'value="14,5"' in page
    assert "7,25 / 10" in page
    assert 'value="Bien lu"' in page
    form = form_of(column, ines, "14,5", **NEW, **{f"r{ines.pk}": "Bien lu"})
    assert client.post(at("review", column.pk), form).status_code == 302
    mark = StudentMark.objects.select_related("assessment").get()
    assert (mark.points, mark.remark, mark.assessment.scale) == (Decimal("14.50"), "Bien lu", 20)
    assert mark.assessment.student_sees_at is None
    assert "Les relire" not in client.get(at("home")).content.decode()


def test_a_mark_joins_an_assessment_that_exists_and_says_what_it_replaces(column, ines, client_of, at, teacher):
    assessment = assessed(column.course)
    marked(assessment, ines, "9", teacher)
    receive_mark(column=column, sent=sent(ines, 8))
    client, address = client_of("enseignante"), at("review", column.pk)
    assert "sera remplacée" in client.get(f"{address}?vers={assessment.pk}").content.decode()
    stale = form_of(column, ines, "16", vers=str(assessment.pk))
    answer = client.post(address, stale)
    assert answer.status_code == 422
    assert "Rien n’est perdu" in answer.content.decode()
    assert StudentMark.objects.get().points == 9
    assert client.post(address, stale | {f"b{ines.pk}": "1"}).status_code == 302
    assert StudentMark.objects.get().points == 16
    column.refresh_from_db()
    assert column.assessment_id == assessment.pk


def test_all_is_written_or_nothing_and_what_was_typed_stays(column, ines, malo, client_of, at):
    receive_marks(column=column, sent=[sent(ines, 8), sent(malo, 5)])
    form = form_of(column, ines, "16", **NEW) | form_of(column, malo, "peut-être")
    answer = client_of("enseignante").post(at("review", column.pk), form)
    assert answer.status_code == 422
    assert 'value="peut-être"' in answer.content.decode()
    assert not StudentMark.objects.exists()
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(("changed", "sentence"), [
    ({"held_on": "2025-01-01"}, "Aucune période"),
    ({"title": ""}, "Donnez un titre"),
    ({"coefficient": "beaucoup"}, "Écrivez un nombre"),
])  # fmt: skip
def test_a_new_assessment_that_cannot_be_says_why(column, ines, client_of, at, changed, sentence):
    receive_mark(column=column, sent=sent(ines, 8))
    answer = client_of("enseignante").post(at("review", column.pk), form_of(column, ines, "16", **NEW) | changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_empty_cells_are_not_taken_and_wait_no_more(column, ines, malo, client_of, at):
    receive_marks(column=column, sent=[sent(ines, 8), sent(malo, 5)])
    client, form = client_of("enseignante"), form_of(column, malo, "")
    assert client.post(at("review", column.pk), form_of(column, ines, "", **NEW) | form).status_code == 422
    assert client.post(at("review", column.pk), form_of(column, ines, "16", **NEW) | form).status_code == 302
    assert StudentMark.objects.get().student == ines
    assert "Les relire" not in client.get(at("home")).content.decode()


def test_what_comes_while_the_teacher_reads_goes_on_waiting(column, ines, teacher):
    receive_mark(column=column, sent=sent(ines, 8))
    receive_mark(column=column, sent=sent(ines, 10, EARLIER + dt.timedelta(hours=1)))
    made = Assessment(course=column.course, term=first_term(), title="Quiz", held_on=EARLIER.date())
    confirm_column(column=column, assessment=made, taken=[Taken(Told(ines.pk, "16", 0), seen=1)], actor=teacher)
    row = IncomingMark.objects.get()
    assert (row.version, row.settled) == (2, 0)


def test_the_same_said_again_later_is_not_to_be_read_again(column, ines, teacher):
    receive_mark(column=column, sent=sent(ines, 8))
    assessment = assessed(column.course)
    confirm_column(column=column, assessment=assessment, taken=[Taken(Told(ines.pk, "16", 0), seen=1)], actor=teacher)
    receive_mark(column=column, sent=sent(ines, 8, clock.now()))
    row = IncomingMark.objects.get()
    assert row.settled == row.version == 2
    receive_mark(column=column, sent=sent(ines, 9, clock.now() + dt.timedelta(hours=1)))
    assert IncomingMark.objects.get().settled == 2


def test_a_mark_above_the_scale_is_refused_to_the_teacher_not_to_the_tool(column, ines, teacher):
    receive_mark(column=column, sent=sent(ines, 11))
    with pytest.raises(NotAllTaken) as refused:
        confirm_column(
            column=column, assessment=assessed(column.course), taken=[Taken(Told(ines.pk, "22", 0), 1)], actor=teacher
        )
    assert "dépasse le barème" in refused.value.outcomes[0].sentence


def test_a_column_set_aside_says_no_more_and_comes_back(column, ines, client_of, at, teacher):
    receive_mark(column=column, sent=sent(ines, 8))
    client = client_of("enseignante")
    client.post(at("put_aside", column.pk))
    receive_mark(column=column, sent=sent(ines, 9, clock.now()))
    assert "Les relire" not in client.get(at("home")).content.decode()
    assert "Mises de côté" in client.get(at("received")).content.decode()
    set_aside(column=column, is_aside=False, actor=teacher)
    assert "Les relire" in client.get(at("home")).content.decode()


def test_a_column_taken_back_leaves_what_was_confirmed(column, ines, teacher):
    receive_mark(column=column, sent=sent(ines, 8))
    confirm_column(
        column=column, assessment=assessed(column.course), taken=[Taken(Told(ines.pk, "16", 0), 1)], actor=teacher
    )
    withdraw_column(column)
    assert StudentMark.objects.get().points == 16
    assert not IncomingMark.objects.exists()
