"""Classes, groups, subjects, training levels, the calendar, and the change of year."""

import datetime as dt

from pupitre.directory.models import Affiliation, FormTeacher, Group, Membership, Programme, Student, Subject
from pupitre.establishments.models import Closure, SchoolYear, Term
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.exchange.records import (
    ClosureRecord,
    ProgrammeRecord,
    Reading,
    SchoolRecord,
    SubjectRecord,
    TermRecord,
)
from pupitre.integrations.exchange.records import (
    Kind as Content,
)
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision
from pupitre.integrations.imports.services.decisions import settle_group
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed, only
from pupitre.timetable.models import Course

MATHS = SubjectRecord("061300", "Mathématiques", "MATHS", "MATHS")


def nomenclature(subjects: list[SubjectRecord], programmes: list[ProgrammeRecord] | None = None) -> Reading:
    return Reading(
        kind=Content.NOMENCLATURE, name="Nomenclature.xml", digest="n", uai=samples.UAI, year=samples.YEAR, subjects=subjects,
        programmes=programmes or [ProgrammeRecord("10110001110", "5EME")],
    )  # fmt: skip


def test_a_class_that_is_renamed_is_renamed_for_its_students(engine: Engine) -> None:
    engine.applied(samples.readings())
    groups = [samples.group("5A", "Cinquième A"), samples.groups()[1]]
    outcome = engine.applied(samples.readings(groups=groups))
    assert outcome.told(Kind.CHANGED_GROUP) == [("5A", "Libellé", "5e A", "Cinquième A")]
    functions = Affiliation.objects.filter(profile="student").values_list("function", flat=True)
    assert set(functions) == {"Cinquième A"}


def test_the_code_of_a_level_in_statistics_is_held_once_it_is_told(engine: Engine) -> None:
    mef = "10110001110"
    engine.applied([nomenclature([], [ProgrammeRecord(mef, "5EME")])])
    said = nomenclature([], [ProgrammeRecord(mef, "5EME", "21120010001")])
    outcome = engine.applied([said])
    assert outcome.told(Kind.PROGRAMME) == [("5EME", mef, "", "21120010001")]
    with scope(engine.school.pk):
        assert Programme.objects.get(mef=mef).stat == "21120010001"
    assert engine.analysed([said]).kinds == {}
    silent = nomenclature([], [ProgrammeRecord(mef, "5EME")])
    assert engine.analysed([silent]).kinds == {}, "a file that tells none takes none away"


def test_a_group_that_the_structures_no_longer_hold_ends_with_its_seats(engine: Engine) -> None:
    engine.applied(samples.readings())
    pupils = [changed(each, groups=()) for each in samples.students()]
    outcome = engine.applied(samples.readings(groups=samples.groups()[:1], students=pupils))
    assert outcome.told(Kind.ENDED_GROUP) == [("5LATIN", "Partie de classe", "Latin 5e", "(aucun)")]
    with scope(engine.school.pk):
        assert Group.objects.get(code="5LATIN").ends_on == dt.date(2026, 9, 15)
        assert not Membership.objects.filter(group__code="5LATIN", ends_on=None).exists()
    assert engine.analysed(samples.readings(groups=samples.groups()[:1], students=pupils)).kinds == {}


def test_half_of_the_classes_missing_is_held(engine: Engine) -> None:
    groups = [samples.group(code) for code in ("5A", "5B", "5C", "5D")]
    pupils = [changed(each, groups=()) for each in samples.students()]
    engine.applied(samples.readings(groups=groups, students=pupils))
    outcome = engine.analysed(samples.readings(groups=groups[:2], students=pupils))
    assert outcome.job.verdict == "hold"
    assert "2 classes et groupes sur 4" in outcome.job.reasons[0]


def test_a_class_that_changes_code_is_proposed_and_keeps_its_courses(engine: Engine) -> None:
    engine.applied(samples.readings())
    with scope(engine.school.pk):
        course, held = Course.objects.get(), Group.objects.get(code="5A")
    people = [changed(samples.staff()[0], head_of=("5AB",)), samples.staff()[1]]
    readings = samples.readings(
        groups=[samples.group("5AB", "5e AB"), samples.group("5LATIN", "Latin 5e", "group", ("5AB",))], staff=people,
        students=[changed(each, division="5AB") for each in samples.students()], lessons=[samples.lesson(group="5AB")],
    )  # fmt: skip
    readings[4].courses = [changed(readings[4].courses[0], group="5AB")]  # type: ignore[index]
    outcome = engine.analysed(readings)
    assert outcome.told(Kind.CHANGED_GROUP) == [("5AB", "Code", "5A", "5AB")]
    engine.decide(outcome, Decision.APPLY, kind=Kind.CHANGED_GROUP)
    engine.apply(outcome, confirmed=True)
    with scope(engine.school.pk):
        held.refresh_from_db()
        assert (held.code, held.label, held.ends_on) == ("5AB", "5e AB", None)
        assert not Group.objects.filter(code="5A").exists()
        assert Course.objects.get(ends_on=None) == course
        assert Membership.objects.filter(group=held, ends_on=None).count() == 4
    assert engine.analysed(readings).kinds == {}


def test_a_new_class_of_other_students_is_no_rename(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, tom, *others = samples.students()
    pupils = [
        changed(ines, division="5B"),
        changed(tom, division="5B"),
        *(changed(each, division="5C") for each in others),
    ]
    groups = [samples.group("5B"), samples.group("5C"), samples.groups()[1]]
    assert Kind.CHANGED_GROUP not in engine.analysed(samples.readings(groups=groups, students=pupils)).kinds


def test_codes_that_differ_by_a_blank_are_two_classes(engine: Engine) -> None:
    groups = [*samples.groups(), samples.group("5 A", "Autre")]
    engine.applied(samples.readings(groups=groups))
    with scope(engine.school.pk):
        assert set(Group.objects.filter(kind="division").values_list("code", flat=True)) == {"5A", "5 A"}


def test_an_unknown_class_is_told_and_the_student_kept(engine: Engine) -> None:
    ines, *others = samples.students()
    outcome = engine.applied(samples.readings(students=[changed(ines, division="9Z"), *others]))
    (finding,) = outcome.found("unknown_group")
    assert (finding.severity, finding.record, finding.choices) == (2, "Inès Belkacem, 9Z", ["5A", "5LATIN"])
    with scope(engine.school.pk):
        assert not Membership.objects.filter(student__person__first_name="Inès").exists()


def test_an_unknown_group_is_chosen_once(engine: Engine) -> None:
    engine.applied(samples.readings())
    readings = samples.readings(lessons=[samples.lesson(group="5EME A")])
    outcome = engine.analysed(readings)
    (finding,) = outcome.found("unknown_group")
    assert finding.choices == ["5A", "5LATIN"]
    with scope(engine.school.pk):
        decider = Affiliation.objects.get(person__last_name="ROUSSEL").person
        actor = Actor(
            user_id=decider.user_id or 0, person_id=decider.pk, establishment_id=engine.school.pk, uai=samples.UAI
        )
        settle_group(outcome.job, "5EME A", "5A", actor)
    assert engine.analysed(readings).kinds == {}


def test_only_the_nomenclature_renames_a_subject(engine: Engine) -> None:
    engine.applied(samples.readings())
    shouted = changed(MATHS, label="MATHEMATIQUES")
    stsweb = only(samples.readings(), "sts_emp")
    assert engine.analysed([changed(stsweb[0], subjects=[shouted])]).kinds == {}
    assert engine.analysed([nomenclature([shouted])]).told(Kind.SUBJECT) == [
        ("MATHEMATIQUES", "061300", "Mathématiques", "MATHEMATIQUES")
    ]
    # Both at once: the nomenclature is the better one, whatever their order.
    both = [nomenclature([changed(MATHS, label="Maths")]), changed(stsweb[0], subjects=[shouted])]
    for readings in (both, both[::-1]):
        assert engine.analysed(readings).told(Kind.SUBJECT) == [("Maths", "061300", "Mathématiques", "Maths")]


def test_codes_that_the_nomenclature_does_not_know_are_told_and_kept(engine: Engine) -> None:
    ines, *others = samples.students()
    readings = samples.readings(
        students=[changed(ines, mef="99999999999"), *others], lessons=[samples.lesson(subject="999999")]
    )
    outcome = engine.applied([*readings, nomenclature([MATHS])])
    assert [each.record for each in outcome.found("unknown_mef")] == ["99999999999"]
    assert outcome.found("unknown_mef")[0].reason.startswith("1 élève suit")
    assert [each.record for each in outcome.found("unknown_subject")] == ["999999"]
    with scope(engine.school.pk):
        assert Student.objects.get(person__first_name="Inès").mef == "99999999999"
        assert Subject.objects.get(code="999999").label == "999999"


def test_a_school_without_nomenclature_is_told_nothing_of_codes(engine: Engine) -> None:
    readings = only(samples.readings(), "siecle_structures", "siecle_students")
    assert "unknown_mef" not in engine.analysed(readings).codes


def commons(**more: object) -> list[Reading]:
    told = {"terms": [TermRecord("T1", "Trimestre 1", dt.date(2026, 9, 1), dt.date(2026, 11, 30))],
            "closures": [ClosureRecord("Toussaint", dt.date(2026, 10, 17), dt.date(2026, 11, 1))],
            "school": SchoolRecord("Collège", starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2027, 7, 2))} | more  # fmt: skip
    return [changed(samples.readings()[0], **told)]


def test_the_calendar_is_brought_up_to_date_and_nothing_is_taken_away(engine: Engine) -> None:
    engine.applied(commons())
    assert engine.analysed(commons()).kinds == {}
    later = TermRecord("T1", "Trimestre 1", dt.date(2026, 9, 1), dt.date(2026, 12, 5))
    outcome = engine.applied(commons(terms=[later], closures=[]))
    assert outcome.told(Kind.CALENDAR) == [
        ("Trimestre 1", "Période de notation", "01/09/2026 – 30/11/2026", "01/09/2026 – 05/12/2026")
    ]
    with scope(engine.school.pk):
        assert Term.objects.get().ends_on == dt.date(2026, 12, 5)
        assert Closure.objects.count() == 1


def test_the_dates_of_stsweb_never_replace_those_of_the_school(engine: Engine) -> None:
    engine.applied(commons())
    stsweb = changed(only(samples.readings(), "sts_emp")[0], school=SchoolRecord("C", starts_on=dt.date(2026, 9, 1),
                     ends_on=dt.date(2027, 8, 31)), courses=[], staff=[])  # fmt: skip
    assert Kind.CALENDAR not in engine.analysed([stsweb]).kinds


def test_a_new_year_begins_with_its_own_classes(engine: Engine) -> None:
    engine.applied(samples.readings())
    groups = [samples.group("4A", "4e A")]
    pupils = [changed(each, division="4A", groups=()) for each in samples.students()]
    people = [changed(samples.staff()[0], head_of=("4A",)), samples.staff()[1]]
    readings = samples.readings(groups=groups, students=pupils, staff=people, lessons=[])
    readings[4].courses = []
    with clock.at("2027-09-01T08:00"):
        engine.applied([changed(each, year=2027, produced_at=dt.datetime(2027, 8, 30)) for each in readings])
        with scope(engine.school.pk):
            assert [year.year for year in SchoolYear.objects.order_by("year")] == [2026, 2027]
            seats = Membership.objects.filter(student__person__first_name="Inès").order_by("starts_on")
            assert [(each.group.code, each.ends_on) for each in seats] == [
                ("5A", dt.date(2027, 8, 31)), ("4A", None),
            ]  # fmt: skip
            assert FormTeacher.objects.filter(group__code="4A", ends_on=None).exists()
        again = engine.analysed([changed(each, year=2027) for each in readings])
        assert again.kinds == {}


def test_a_student_who_begins_the_year_without_a_class_leaves_that_of_last_year(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, *others = (changed(each, division="4A", groups=()) for each in samples.students())
    groups = [samples.group("4A", "4e A")]
    people = [changed(samples.staff()[0], head_of=("4A",)), samples.staff()[1]]
    readings = samples.readings(groups=groups, students=[changed(ines, division=""), *others], staff=people, lessons=[])
    readings[4].courses = []
    next_year = [changed(each, year=2027, produced_at=dt.datetime(2027, 8, 30)) for each in readings]
    with clock.at("2027-09-01T08:00"):
        outcome = engine.applied(next_year)
        assert ("Classe", "5e A", "(aucune)") in [each[1:] for each in outcome.told(Kind.CHANGED_CLASS)]
        with scope(engine.school.pk):
            seats = Membership.objects.filter(student__person__first_name="Inès")
            assert {each.ends_on for each in seats} == {dt.date(2027, 8, 31)}
        assert engine.analysed(next_year).kinds == {}
