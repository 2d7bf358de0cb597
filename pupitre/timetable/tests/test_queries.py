import datetime as dt

from pupitre.directory.models import Guardianship
from pupitre.establishments.asking import ask
from pupitre.timetable.queries import (
    decode_children,
    decode_groups,
    school_day,
    week_of_group,
    week_of_student,
    week_of_teacher,
)
from pupitre.timetable.sql import ON_THE_DAY, groups_of_teacher, lessons_of_children

TUESDAY = dt.date(2026, 11, 24)


def test_a_student_reads_the_lessons_of_their_week(cast):
    lessons = week_of_student(cast.college.pk, cast.people["eleve"].pk, TUESDAY)
    assert [(each.weekday, f"{each.starts_at:%H:%M}", each.subject, each.room) for each in lessons] == [
        (2, "08:05", "Mathématiques", "204"),
        (2, "10:10", "Français", "112"),
        (2, "13:30", "Mathématiques", "204"),
        (3, "08:05", "Mathématiques", "204"),
    ]
    assert lessons[0].teachers == "Mme Roussel"


def test_a_teacher_reads_their_own_lessons_of_one_school(cast):
    lessons = week_of_teacher(cast.college.pk, cast.people["enseignante"].pk, TUESDAY)
    assert [(each.weekday, each.group) for each in lessons] == [(2, "4B"), (2, "6C"), (2, "4B"), (3, "4B")]


def test_a_class_reads_its_own_week(cast):
    assert len(week_of_group(cast.college.pk, cast.groups["4B"].pk, TUESDAY)) == 4


def test_a_student_of_one_school_is_nobody_in_another(cast):
    assert week_of_student(cast.neighbour.pk, cast.people["eleve"].pk, TUESDAY) == []


def test_the_database_opens_the_school_asked_for_and_no_other(cast):
    """Row-level security inside the one statement: rows of another school stay hidden even if the SQL forgets it."""
    select = "(select json_agg(distinct g.code order by g.code) from directory_group g)"
    assert ask(cast.college.pk, select, {}) == '["4B", "6C"]'
    assert ask(cast.neighbour.pk, select, {}) == '["1PRO"]'


def test_a_guardian_sees_their_children_and_not_those_they_are_a_mere_contact_of(cast):
    guardian = cast.people["parent"].pk
    select = lessons_of_children("%(person)s", ON_THE_DAY)

    def children():
        return decode_children(ask(cast.college.pk, select, {"person": guardian, "day": TUESDAY}))

    assert [child.first_name for child in children()] == ["Inès", "Elias"]
    assert [len(child.lessons) for child in children()] == [3, 1]
    Guardianship.objects.filter(student=cast.people["frere"]).update(level=Guardianship.Level.CONTACT)
    assert [child.first_name for child in children()] == ["Inès"]
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    assert children() == []


def test_a_teacher_reads_their_groups_with_the_number_of_students(cast):
    select = groups_of_teacher("%(person)s")
    parameters = {"person": cast.people["enseignante"].pk, "today": TUESDAY}
    groups = decode_groups(ask(cast.college.pk, select, parameters))
    assert [(group.label, group.subjects, group.students) for group in groups] == [
        ("4B", "Mathématiques", 1),
        ("6C", "Mathématiques", 1),
    ]


def test_the_day_shown_is_the_next_one_with_lessons(cast):
    def shown(text):
        return school_day(cast.college.pk, 0, dt.datetime.fromisoformat(text))

    assert shown("2026-11-24T10:00") == dt.date(2026, 11, 24)
    assert shown("2026-11-24T19:00") == dt.date(2026, 11, 25)
    assert shown("2026-11-28T10:00") == dt.date(2026, 12, 1)
