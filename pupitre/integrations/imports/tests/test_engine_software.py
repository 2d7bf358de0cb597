"""The timetable of a school by its own software: names recognised, asked once, remembered; nothing asked nor changed twice."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pupitre.directory.models import Affiliation, Group, Membership, Person, Subject
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import Kind as Content
from pupitre.integrations.exchange.records import LessonRecord, MemberRecord, NameRecord, Reading
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Correspondence, MatchQuestion
from pupitre.integrations.imports.services.undoing import undo
from pupitre.integrations.imports.tests.engine import Engine, Outcome
from pupitre.integrations.imports.tests.factories import SAMPLES, SAMPLES_DAY, open_empty_school
from pupitre.timetable.models import Course, TimetableSlot

EDT = Path(__file__).parents[2] / "edt" / "samples"


@pytest.fixture
def school(db: None) -> Iterator[Engine]:
    """The invented school, its people known from SIECLE and STSWeb, without a timetable yet."""
    with clock.at(SAMPLES_DAY):
        engine = Engine(open_empty_school())
        engine.files(*SAMPLES[:-1], applied=True)
        yield engine


def _asked(engine: Engine, outcome: Outcome) -> dict[str, MatchQuestion]:
    with scope(engine.school.pk):
        return {f"{each.kind} {each.outside}": each for each in MatchQuestion.objects.filter(job=outcome.job)}


def _say(engine: Engine, kind: str, outside: str, verdict: str, value: str = "") -> None:
    with scope(engine.school.pk):
        Correspondence.objects.create(
            source="edt", kind=kind, outside=outside, verdict=verdict, value=value, decided_at=clock.now()
        )


def _group(code: str, *codes: str, is_part: bool = False) -> NameRecord:
    return NameRecord("group", code, code, codes or (code,), is_part)


def _teacher(last: str, first: str = "") -> NameRecord:
    return NameRecord(
        "teacher", f"{last} {first}".strip(), f"{last} {first}".strip(), (), last_name=last, first_name=first
    )


def _lesson(**more: Any) -> LessonRecord:
    told: dict[str, Any] = {"group": "6A", "subject": "MATHS", "weekday": 4, "starts_at": dt.time(9), "ends_at": dt.time(10),
            "weeks": (), "alternation": "H", "teachers": (), "classroom": ""}  # fmt: skip
    return LessonRecord(**(told | more))


def _edt(*lessons: LessonRecord, names: tuple[NameRecord, ...] = (), **more: Any) -> Reading:
    return Reading(kind=Content.EDT, name="EXP_COURS.xml", digest="x", lessons=[*lessons], names=[*names], **more)


def test_edt_names_what_the_school_knows_and_asks_nothing(school: Engine) -> None:
    outcome = school.files(EDT / "EXP_COURS.xml", applied=True)
    assert (outcome.kinds, outcome.job.verdict) == ({Kind.NEW_LESSON: 21}, "accept")
    assert _asked(school, outcome) == {}
    with scope(school.school.pk):
        slot = TimetableSlot.objects.get(alternation="Q2")
        assert (slot.weekday, slot.starts_at, slot.ends_at) == (4, dt.time(13, 30), dt.time(14, 30))
        assert {each.group.code for each in Course.objects.filter(slots__isnull=False)} == {
            *("6A", "5B", "4C", "3D", "4ESP2", "4ALL2", "5-4LATIN")
        }
    assert {each.record for each in outcome.found("presumed_weeks")} == {"Semaines « Q1 »", "Semaines « Q2 »"}


def test_the_same_file_again_asks_nothing_and_changes_nothing(school: Engine) -> None:
    school.files(EDT / "EXP_COURS.xml", applied=True)
    before = school.everything()
    again = school.files(EDT / "EXP_COURS.xml", applied=True)
    assert (again.kinds, _asked(school, again)) == ({}, {})
    assert school.everything() == before


def test_stsweb_after_edt_keeps_every_row_and_only_corrects_the_weeks(school: Engine) -> None:
    school.files(EDT / "EXP_COURS.xml", applied=True)
    with scope(school.school.pk):
        rows = set(TimetableSlot.objects.values_list("pk", flat=True))
    outcome = school.files(SAMPLES[-1], applied=True)
    assert outcome.kinds == {Kind.CHANGED_LESSON: 21}
    assert "avec 6 semaines, à partir de celle du" in outcome.told(Kind.CHANGED_LESSON)[0][2]
    with scope(school.school.pk):
        assert set(TimetableSlot.objects.values_list("pk", flat=True)) == rows
    # The weeks of EDT are now those of the school: nothing to ask, nothing to presume.
    again = school.files(EDT / "EXP_COURS.xml")
    assert (again.kinds, again.found("presumed_weeks")) == ({}, [])


def test_the_export_for_partners_in_the_clear_gives_the_same_lessons(school: Engine) -> None:
    school.files(SAMPLES[-1], applied=True)
    outcome = school.files(EDT / "export_partenaire_en_clair.xml")
    # Course 1 is cancelled in week 10, of 3 November, that is over.
    assert outcome.kinds == {}


def test_an_undone_timetable_leaves_nothing(school: Engine) -> None:
    before = school.everything()
    outcome = school.files(EDT / "EXP_COURS.xml", applied=True)
    assert undo(outcome.job.pk, school.school.pk) == 0
    assert school.everything() == before


def test_names_close_to_ours_are_asked_with_the_reason(school: Engine) -> None:
    names = (_group("6 A"), _teacher("BOISGENCI", "Rodolphe"), NameRecord("subject", "MATH.", "MATHEMATIQUE", ("MATH.",)),
             NameRecord("classroom", "B-101", "B-101", ("B-101",)))  # fmt: skip
    school.files(EDT / "EXP_COURS.xml", applied=True)
    lesson = _lesson(group="6 A", subject="MATH.", teachers=("BOISGENCI Rodolphe",), classroom="B-101")
    outcome = school.analysed([_edt(lesson, names=names)])
    best = {name: each.candidates[0] for name, each in _asked(school, outcome).items()}
    assert {name: (each["label"], each["why"]) for name, each in best.items()} == {
        "group 6 A": ("SIXIEME A (6A)", "même code, aux blancs et aux accents près"),
        "subject MATH.": ("Mathématiques", "mots en commun\N{NO-BREAK SPACE}: MATHEMATIQUE"),
        "teacher BOISGENCI Rodolphe": ("Rodolphe Boisgency", "nom ressemblant"),
        "classroom B-101": ("B101", "même code, aux blancs et aux accents près"),
    }
    assert {each.new for each in outcome.found("to_match")} == {name.partition(" ")[2] for name in best}


def test_what_waits_removes_nothing_and_holds_nothing(school: Engine) -> None:
    school.files(EDT / "EXP_COURS.xml", applied=True)
    outcome = school.applied([_edt(_lesson(), _lesson(group="6 A"), names=(_group("6 A"),))])
    assert (outcome.kinds, outcome.job.verdict) == ({Kind.MOVED_LESSON: 1}, "quarantine")
    assert outcome.codes == {"to_match", "waiting_lessons"}


def test_an_answer_is_remembered_for_the_next_file(school: Engine) -> None:
    reading = _edt(_lesson(group="SIXIEME ALPHA"), names=(_group("SIXIEME ALPHA"),))
    assert "group SIXIEME ALPHA" in _asked(school, school.analysed([reading]))
    _say(school, "group", "SIXIEME ALPHA", "same", "6A")
    outcome = school.applied([reading])
    assert (outcome.kinds, _asked(school, outcome)) == ({Kind.NEW_LESSON: 1}, {})
    assert _asked(school, school.analysed([reading])) == {}
    assert school.analysed([reading]).kinds == {}


def test_an_answer_of_another_software_is_not_taken(school: Engine) -> None:
    _say(school, "group", "SIXIEME ALPHA", "same", "6A")
    reading = Reading(kind=Content.UDT, name="UDT.zip", digest="x", lessons=[_lesson(group="SIXIEME ALPHA")],
                      names=[_group("SIXIEME ALPHA")])  # fmt: skip
    assert "group SIXIEME ALPHA" in _asked(school, school.analysed([reading]))


def test_an_answer_whose_class_is_gone_is_asked_again(school: Engine) -> None:
    _say(school, "group", "SIXIEME ALPHA", "same", "9Z")
    reading = _edt(_lesson(group="SIXIEME ALPHA"), names=(_group("SIXIEME ALPHA"),))
    assert "group SIXIEME ALPHA" in _asked(school, school.analysed([reading]))


def test_what_is_to_be_created_is_made_once_then_found(school: Engine) -> None:
    names = (_group("<6A> AIDE 1", "AIDE 1", is_part=True), _teacher("NOUVELET", "Ariane"),
             NameRecord("subject", "VIE DE CLASSE", "Vie de classe", ("VDC",)))  # fmt: skip
    reading = _edt(_lesson(group="<6A> AIDE 1", subject="VIE DE CLASSE", teachers=("NOUVELET Ariane",)), names=names)
    for kind, outside in (("group", "<6A> AIDE 1"), ("subject", "VIE DE CLASSE"), ("teacher", "NOUVELET Ariane")):
        _say(school, kind, outside, "create")
    outcome = school.applied([reading])
    assert outcome.kinds == {Kind.NEW_GROUP: 1, Kind.SUBJECT: 1, Kind.NEW_STAFF: 1, Kind.NEW_COURSE: 1}
    with scope(school.school.pk):
        slot = TimetableSlot.objects.get()
        teacher = Person.objects.get(last_name="NOUVELET")
        assert slot.teacher_ids == [teacher.pk]
        assert Affiliation.objects.get(person=teacher).profile == "teacher"
        assert Subject.objects.get(label="Vie de classe").code == "VDC"
        assert Group.objects.get(code="AIDE 1").kind == "group"
    assert school.analysed([reading]).kinds == {}


def test_ignored_classes_leave_their_lessons_and_ignored_teachers_keep_them(school: Engine) -> None:
    _say(school, "group", "CLUB", "ignore")
    _say(school, "teacher", "PERSONNE", "ignore")
    names = (_group("CLUB"), _teacher("PERSONNE"))
    outcome = school.applied([_edt(_lesson(group="CLUB"), _lesson(teachers=("PERSONNE",)), names=names)])
    assert (outcome.kinds, _asked(school, outcome)) == ({Kind.NEW_LESSON: 1, Kind.CHANGED_COURSE: 1}, {})
    with scope(school.school.pk):
        assert TimetableSlot.objects.get().teacher_ids == []


def test_a_teacher_and_a_room_not_recognised_keep_what_is_known(school: Engine) -> None:
    known = _lesson(teachers=("BOISGENCY Rodolphe",), classroom="B102")
    school.applied([_edt(known, names=(_teacher("BOISGENCY", "Rodolphe"),))])
    with scope(school.school.pk):
        before = TimetableSlot.objects.values().get()
    unknown = _lesson(teachers=("ZZYX Q",), classroom="SALLE DES FÊTES")
    outcome = school.applied([_edt(unknown, names=(_teacher("ZZYX", "Q"),))])
    assert (outcome.kinds, set(_asked(school, outcome))) == ({}, {"teacher ZZYX Q", "classroom SALLE DES FÊTES"})
    with scope(school.school.pk):
        assert TimetableSlot.objects.values().get() == before


def test_weeks_that_nobody_can_guess_are_asked(school: Engine) -> None:
    reading = _edt(_lesson(alternation="STAGE"))
    question = _asked(school, school.analysed([reading]))["weeks STAGE"]
    assert (question.may_create, question.lessons) == (False, 1)
    _say(school, "weeks", "STAGE", "same", "Q2")
    school.applied([reading])
    with scope(school.school.pk):
        assert TimetableSlot.objects.get().weeks.bit_count() == 21


def test_a_class_that_the_file_leaves_out_keeps_its_lessons(school: Engine) -> None:
    school.files(EDT / "EXP_COURS.xml", applied=True)
    outcome = school.analysed([_edt(_lesson(weekday=1, teachers=("BOISGENCY Rodolphe",), classroom="B102"),
                                    names=(_teacher("BOISGENCY", "Rodolphe"),))])  # fmt: skip
    assert {record.partition(",")[0] for record, *_rest in outcome.told(Kind.REMOVED_LESSON)} == {"SIXIEME A"}


def test_the_file_of_another_school_is_held(school: Engine) -> None:
    lessons = [_lesson(group=code) for code in ("2GT1", "2GT2", "1STMG", "6A")]
    outcome = school.analysed([_edt(*lessons, names=tuple(_group(each.group) for each in lessons))])
    assert outcome.job.verdict == "hold"
    assert "Est-ce bien l’emploi du temps de cet établissement" in outcome.job.reasons[0]


def test_groups_made_by_edt_are_filled_by_its_students_and_those_of_siecle_are_left(school: Engine) -> None:
    _say(school, "group", "<6A> AIDE 1", "create")
    names = (_group("<6A> AIDE 1", "AIDE 1", is_part=True), _group("4ESP2", is_part=True))
    zoe = MemberRecord("Zoé Aubrenelle", "AUBRENELLE", "Zoé", dt.date(2014, 3, 12), groups=("<6A> AIDE 1", "4ESP2"))
    stranger = MemberRecord("Ida Inconnue", "INCONNUE", "Ida", dt.date(2014, 3, 12), groups=("<6A> AIDE 1",))
    outcome = school.applied([_edt(_lesson(group="<6A> AIDE 1"), names=names, members=[zoe, stranger])])
    assert [each.record for each in outcome.found("unknown_student")] == ["Ida Inconnue"]
    with scope(school.school.pk):
        assert Membership.objects.get(group__code="AIDE 1").student.person.last_name == "AUBRENELLE"
        assert Membership.objects.filter(group__code="4ESP2").count() == 3


UDT = EDT.parents[1] / "udt" / "samples"
ICS = EDT.parents[1] / "ics" / "samples"


@pytest.mark.parametrize(
    ("path", "lessons"), [(UDT / "UDT_0999910J_20250915.zip", 20), (UDT / "export_udt.csv", 21)], ids=["udt", "csv"]
)
def test_every_software_is_recognised_and_its_file_given_twice_changes_nothing(
    school: Engine, path: Path, lessons: int
) -> None:
    outcome = school.files(path, applied=True)
    assert (outcome.kinds[Kind.NEW_LESSON], _asked(school, outcome)) == (lessons, {})
    before = school.everything()
    again = school.files(path, applied=True)
    assert (again.kinds, _asked(school, again)) == ({}, {})
    assert school.everything() == before


def test_an_agenda_changes_only_its_own_weeks_and_courses(school: Engine) -> None:
    school.files(SAMPLES[-1], applied=True)
    before = school.everything()["TimetableSlot"]
    with clock.at("2025-09-02T07:00"):
        outcome = school.files(ICS / "Edt_6A.ics", applied=True)
        # The lesson of English of 8 September is cancelled: of the year that follows the agenda, nothing is said.
        assert outcome.kinds == {Kind.CHANGED_LESSON: 1}
        assert "avec la semaine du 08/09/2025" in outcome.told(Kind.CHANGED_LESSON)[0][2]
        assert school.files(ICS / "Edt_6A.ics").kinds == {}
    after = school.everything()["TimetableSlot"]
    assert sum(row not in before for row in after) == 1


def test_two_agendas_of_one_class_and_one_teacher_tell_the_same_lessons_once(school: Engine) -> None:
    names = (_group("6A"), _teacher("BOISGENCY", "Rodolphe"))
    weeks = (dt.date(2025, 11, 24), dt.date(2025, 12, 1))
    of_class = _lesson(subject="MATHS", weeks=weeks, teachers=("BOISGENCY Rodolphe",))
    of_teacher = _lesson(subject="MATHS", weeks=weeks)
    span = (weeks[0], weeks[-1])
    readings = [
        Reading(kind=Content.ICS, name="a.ics", digest="a", lessons=[of_class], names=[*names], span=span),
        Reading(kind=Content.ICS, name="b.ics", digest="b", lessons=[of_teacher], names=[names[0]], span=span),
    ]
    school.applied(readings)
    with scope(school.school.pk):
        assert TimetableSlot.objects.count() == 1
    assert school.analysed(readings).kinds == {}
