"""A school that is empty, then the same files again, then lighter ones."""

import datetime as dt
from pathlib import Path

import pytest

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, Group, Guardianship, Membership, Person, Student
from pupitre.establishments.models import SchoolYear
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.integrations.imports.models import ImportFile, ImportJob, JournalEntry
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed, only
from pupitre.timetable.models import TimetableSlot

_ROOM = Path(__file__).parents[2]
_SIECLE, _STS = _ROOM / "siecle" / "samples", _ROOM / "sts" / "samples"
SECONDARY = (*sorted(_SIECLE.glob("*.xml")), *sorted(_STS.glob("*.xml")))
PRIMARY = tuple(sorted((_ROOM / "onde" / "samples").iterdir()))
AGRICULTURAL = tuple((_ROOM / "fregata" / "samples").iterdir())
SCHOOLS = [
    (
        "0999910J", "college", SECONDARY,
        {"students": 22, "divisions": 4, "groups": 3, "guardians": 27, "links": 38, "staff": 13, "subjects": 14, "programmes": 4,
         "terms": 3, "closures": 1, "courses": 21, "lessons": 21},
    ),
    (
        "0999950C", "ecole", PRIMARY,
        {"students": 6, "divisions": 3, "guardians": 6, "links": 8, "staff": 3, "programmes": 4},
    ),
    ("0999940S", "lycee_agricole", AGRICULTURAL, {"students": 4, "divisions": 2}),
]  # fmt: skip


def test_a_first_import_makes_the_school(engine: Engine) -> None:
    assert engine.applied(samples.readings()).job.state == ImportJob.State.APPLIED
    with scope(engine.school.pk):
        assert Student.objects.count() == 4
        assert {str(group.code) for group in Group.objects.all()} == {"5A", "5LATIN"}
        assert Membership.objects.count() == 6
        assert Guardianship.objects.filter(ends_on=None).count() == 4
        slot = TimetableSlot.objects.get()
        assert (slot.starts_at, slot.classroom.code, bin(slot.weeks).count("1")) == (dt.time(8, 5), "B12", 6)
        assert slot.teacher_ids == [Person.objects.get(last_name="ROUSSEL").pk]
        assert str(SchoolYear.objects.get()) == "2026-2027"


def test_everybody_gets_an_account_to_activate_and_a_role(engine: Engine) -> None:
    engine.applied(samples.readings())
    assert User.objects.filter(state=User.State.CREATED).count() == 9
    assert not Person.objects.filter(user=None).exists()
    assert Affiliation.objects.get(person__last_name="PERRIN").profile == "school_life"
    assert Affiliation.objects.get(person__first_name="Tom").function == "5e A"
    staff = User.objects.filter(is_staff_account=True).values_list("person__last_name", flat=True)
    assert set(staff) == {"ROUSSEL", "PERRIN"}


def test_the_same_files_again_change_nothing(engine: Engine) -> None:
    engine.applied(samples.readings())
    again = engine.analysed(samples.readings())
    assert again.kinds == {}
    assert again.job.verdict == "accept"


def test_each_file_alone_again_changes_nothing(engine: Engine) -> None:
    engine.applied(samples.readings())
    for reading in samples.readings():
        assert engine.analysed([reading]).kinds == {}, reading.name


def test_files_may_come_one_after_the_other(engine: Engine) -> None:
    for reading in samples.readings():
        engine.applied([reading])
    one_by_one = engine.everything()
    assert engine.analysed(samples.readings()).kinds == {}
    assert {name: len(rows) for name, rows in one_by_one.items()}["Guardianship"] == 4


def test_guardians_wait_for_their_students(engine: Engine) -> None:
    outcome = engine.analysed(only(samples.readings(), "siecle_guardians"))
    assert (outcome.job.verdict, outcome.job.may_apply) == ("hold", False)
    assert "fichier des élèves" in outcome.job.reasons[0]


def test_what_a_lighter_file_does_not_say_is_kept(engine: Engine) -> None:
    engine.applied(samples.readings())
    adults = [samples.guardian(11, "BELKACEM", "Samia", email="", mobile=""), *samples.guardians()[1:]]
    pupils = [
        changed(each, mef="", boarding_code="", ine="", who__birth_date=None, who__sex="")
        for each in samples.students()
    ]
    people = [changed(each, trade="", who__birth_date=None) for each in samples.staff()]
    assert engine.analysed(samples.readings(guardians=adults, students=pupils, staff=people)).kinds == {}


def test_files_are_forgotten_once_applied(engine: Engine) -> None:
    job = engine.applied(samples.readings()).job
    with scope(engine.school.pk):
        assert ImportJob.objects.get(pk=job.pk).readings is None
        assert not ImportFile.objects.exclude(data=None).exists()
        assert JournalEntry.objects.filter(job=job).exists()


@pytest.mark.parametrize(("uai", "kind", "paths", "counts"), SCHOOLS, ids=[kind for _uai, kind, *_more in SCHOOLS])
def test_the_files_of_an_invented_school_and_the_same_again(
    db: None, uai: str, kind: str, paths: tuple[Path, ...], counts: dict[str, int]
) -> None:
    with clock.at("2025-09-16T08:00"):
        engine = Engine(open_establishment(uai=uai, name="École des Essais", kind=kind))
        first = engine.files(*paths, applied=True)
        assert first.job.counts == counts
        assert first.job.state == ImportJob.State.APPLIED
        with scope(engine.school.pk):
            assert Student.objects.count() == counts["students"]
            assert Guardianship.objects.count() == counts.get("links", 0)
        assert engine.files(*paths).kinds == {}
        for path in paths:
            assert engine.files(path).kinds == {}, path.name
