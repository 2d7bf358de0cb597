"""From readings to rows, and back."""

import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, ExternalId, Group, Guardianship, Membership, Person, Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.exchange.records import Identity, LinkRecord, OutsideId, Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import (
    Decision,
    Difference,
    ImportJob,
    JobFinding,
    JournalEntry,
)
from pupitre.integrations.imports.sealing import seal
from pupitre.integrations.imports.services.analysis import analyse, plan_of
from pupitre.integrations.imports.services.application import NotAppliable, apply
from pupitre.integrations.imports.services.decisions import settle_group
from pupitre.integrations.imports.services.undoing import undo
from pupitre.integrations.imports.tests import samples
from pupitre.timetable.models import Course, TimetableSlot

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Iterator[Establishment]:
    with clock.at("2026-09-16T08:00"):
        yield open_establishment(uai=samples.UAI, name="Collège des Essais", kind="college")


def analysed(school: Establishment, readings: list[Reading]) -> ImportJob:
    with scope(school.pk):
        job = ImportJob.objects.create(created_at=clock.now(), readings=seal(msgspec.msgpack.encode(readings)))
    return analyse(job.pk, school.pk)


def applied(school: Establishment, readings: list[Reading], *, confirmed: bool = False) -> ImportJob:
    job = analysed(school, readings)
    return apply(job.pk, school.pk, confirmed=confirmed)


def kinds(school: Establishment, job: ImportJob) -> dict[str, int]:
    with scope(school.pk):
        found = Difference.objects.filter(job=job).values_list("kind", flat=True)
        return {kind: list(found).count(kind) for kind in set(found)}


def codes(school: Establishment, job: ImportJob) -> set[str]:
    with scope(school.pk):
        return set(JobFinding.objects.filter(job=job).values_list("code", flat=True))


def test_a_first_import_makes_the_school(school: Establishment) -> None:
    job = applied(school, samples.readings())
    assert job.state == ImportJob.State.APPLIED
    with scope(school.pk):
        assert Student.objects.count() == 4
        assert {str(group.code) for group in Group.objects.all()} == {"5A", "5LATIN"}
        assert Membership.objects.count() == 6
        assert Guardianship.objects.filter(ends_on=None).count() == 4
        slot = TimetableSlot.objects.get()
        assert (slot.starts_at, slot.classroom.code, bin(slot.weeks).count("1")) == (dt.time(8, 5), "B12", 6)
        assert slot.teacher_ids == [Person.objects.get(last_name="ROUSSEL").pk]
    assert User.objects.count() == 9
    assert not Person.objects.filter(user=None).exists()
    assert Affiliation.objects.get(person__last_name="PERRIN").profile == "school_life"
    assert Affiliation.objects.get(person__first_name="Tom").function == "5e A"


def test_the_same_files_again_change_nothing(school: Establishment) -> None:
    applied(school, samples.readings())
    job = analysed(school, samples.readings())
    assert kinds(school, job) == {}


def test_what_a_lighter_file_does_not_say_is_kept(school: Establishment) -> None:
    applied(school, samples.readings())
    lighter = [samples.guardian(11, "BELKACEM", "Samia", email="", mobile=""), *samples.guardians()[1:]]
    assert kinds(school, analysed(school, samples.readings(guardians=lighter))) == {}


def test_each_change_is_told_with_its_old_value(school: Establishment) -> None:
    applied(school, samples.readings())
    ines, tom, *others = samples.students()
    changed = [
        msgspec.structs.replace(ines, boarding_code="21", who=msgspec.structs.replace(ines.who, usage_name="BENALI")),
        msgspec.structs.replace(tom, groups=()),
        *others,
    ]
    job = analysed(school, samples.readings(students=changed))
    with scope(school.pk):
        told = {(each.kind, each.record, each.old, each.new) for each in Difference.objects.filter(job=job)}
    assert told == {
        (Kind.CHANGED_REGIME, "Inès Benali, 5A", "Externe libre (0)", "Demi-pensionnaire (21)"),
        (Kind.CHANGED_IDENTITY, "Inès Benali, 5A", "(aucun)", "BENALI"),
        (Kind.CHANGED_GROUPS, "Tom Belkacem, 5A", "Latin 5e", "(aucune)"),
    }


def test_a_declined_difference_is_not_written(school: Establishment) -> None:
    applied(school, samples.readings())
    ines, *others = samples.students()
    job = analysed(school, samples.readings(students=[msgspec.structs.replace(ines, boarding_code="21"), *others]))
    with scope(school.pk):
        Difference.objects.filter(job=job).update(decision=Decision.SKIP)
    apply(job.pk, school.pk)
    with scope(school.pk):
        assert Student.objects.get(person__first_name="Inès").boarding_code == "0"


def test_a_student_with_an_exit_date_leaves_and_loses_access(school: Establishment) -> None:
    applied(school, samples.readings())
    ines, *others = samples.students()
    gone = msgspec.structs.replace(ines, left_on=dt.date(2026, 9, 10), exit_reason="10")
    applied(school, samples.readings(students=[gone, *others]))
    person = Person.objects.get(first_name="Inès")
    assert Affiliation.objects.get(person=person).ends_on == dt.date(2026, 9, 10)
    assert Guardianship.objects.get(student=person).ends_on == dt.date(2026, 9, 10)
    assert person.user is not None


def test_half_of_the_students_missing_is_held(school: Establishment) -> None:
    applied(school, samples.readings())
    few = samples.students()[:2]
    job = analysed(school, samples.readings(students=few, links=samples.links()[:2], guardians=samples.guardians()[:1]))
    assert job.verdict == "hold"
    with pytest.raises(NotAppliable, match="2 élèves sur 4"):
        apply(job.pk, school.pk)
    apply(job.pk, school.pk, confirmed=True)
    with scope(school.pk):
        assert Student.objects.filter(left_on=None).count() == 2


def test_a_removed_link_takes_the_right_away_at_once(school: Establishment) -> None:
    applied(school, samples.readings())
    job = applied(school, samples.readings(links=samples.links()[1:]))
    assert kinds(school, job) == {Kind.REMOVED_LINK: 1}
    link = Guardianship.objects.get(student__first_name="Inès")
    assert link.ends_on == dt.date(2026, 9, 15)
    # The mother keeps her account: her other child is still here.
    assert Affiliation.objects.get(person__first_name="Samia").ends_on is None


def test_two_people_with_one_id_are_left_aside(school: Establishment) -> None:
    applied(school, samples.readings())
    other = samples.student(1, "AUTRE", "Personne", birth=dt.date(2011, 2, 3))
    job = analysed(school, samples.readings(students=[other, *samples.students()[1:]]))
    assert codes(school, job) >= {"two_people_one_id"}
    # The student known under that id is not declared gone.
    assert Kind.MISSING_STUDENT not in kinds(school, job)


def test_a_new_id_with_the_same_ine_keeps_the_account(school: Establishment) -> None:
    applied(school, samples.readings())
    ines, *others = samples.students()
    ids = (OutsideId("siecle_student", samples.UAI, "901"), *ines.who.ids[1:])
    moved = msgspec.structs.replace(ines, key="901", who=msgspec.structs.replace(ines.who, ids=ids))
    links = [msgspec.structs.replace(each, student="901") if each.student == "1" else each for each in samples.links()]
    job = applied(school, samples.readings(students=[moved, *others], links=links))
    assert kinds(school, job) == {Kind.CHANGED_ID: 1}
    assert Person.objects.filter(first_name="Inès").count() == 1
    assert ExternalId.objects.filter(person__first_name="Inès", source="siecle_student").count() == 2


def test_a_lost_letter_does_not_replace_the_right_one(school: Establishment) -> None:
    first = samples.guardian(12, "SZCZEŚNIAKOWSKI", "Paul")
    applied(school, samples.readings(guardians=[samples.guardians()[0], first, samples.guardians()[2]]))
    lost = samples.guardian(12, "SZCZE?NIAKOWSKI", "Paul", email=first.who.email)
    assert (
        kinds(
            school, analysed(school, samples.readings(guardians=[samples.guardians()[0], lost, samples.guardians()[2]]))
        )
        == {}
    )


def test_the_timetable_follows_its_file(school: Establishment) -> None:
    applied(school, samples.readings())
    later = samples.lesson(starts_at=dt.time(10), ends_at=dt.time(11))
    job = applied(school, samples.readings(lessons=[later]))
    assert kinds(school, job) == {Kind.CHANGED_TIMETABLE: 1}
    with scope(school.pk):
        assert TimetableSlot.objects.get().starts_at == dt.time(10)
        assert Course.objects.count() == 1


def test_an_unknown_group_is_chosen_once(school: Establishment) -> None:
    applied(school, samples.readings())
    job = analysed(school, samples.readings(lessons=[samples.lesson(group="5EME A")]))
    with scope(school.pk):
        finding = JobFinding.objects.get(job=job, code="unknown_group")
        assert finding.choices == ["5A", "5LATIN"]
        decider = Person.objects.get(last_name="ROUSSEL")
        actor = Actor(user_id=decider.user_id or 0, person_id=decider.pk, establishment_id=school.pk, uai=school.uai)
        settle_group(job, "5EME A", "5A", actor)
    assert kinds(school, analysed(school, samples.readings(lessons=[samples.lesson(group="5EME A")]))) == {}


def test_the_wrong_school_is_refused(school: Establishment) -> None:
    wrong = [msgspec.structs.replace(each, uai="0999930F") for each in samples.readings()]
    job = analysed(school, wrong)
    assert job.state == ImportJob.State.REJECTED
    assert "0999930F" in job.reasons[0]
    with scope(school.pk):
        assert not Difference.objects.exists()


def test_last_year_is_refused_and_next_year_waits(school: Establishment) -> None:
    applied(school, samples.readings())
    past = [msgspec.structs.replace(each, year=2025) for each in samples.readings()]
    assert analysed(school, past).verdict == "reject"
    future = [msgspec.structs.replace(each, year=2027) for each in samples.readings()]
    job = analysed(school, future)
    assert (job.verdict, job.may_apply) == ("hold", False)
    with pytest.raises(NotAppliable, match="2027-2028"):
        apply(job.pk, school.pk, confirmed=True)


def test_an_older_file_is_held(school: Establishment) -> None:
    applied(school, samples.readings())
    old = [
        msgspec.structs.replace(each, produced_at=dt.datetime(2026, 9, 1)) if each.produced_at else each
        for each in samples.readings()
    ]
    job = analysed(school, old)
    assert job.verdict == "hold"
    assert "01/09/2026" in job.reasons[0]


def test_guardians_wait_for_their_students(school: Establishment) -> None:
    only = [each for each in samples.readings() if each.guardians is not None]
    job = analysed(school, only)
    assert not job.may_apply
    assert "fichier des élèves" in job.reasons[0]


def test_undoing_puts_everything_back(school: Establishment) -> None:
    applied(school, samples.readings())
    before = _everything(school)
    ines, *others = samples.students()
    changed = [
        msgspec.structs.replace(ines, boarding_code="21", division="5LATIN"),
        *others[1:],
        samples.student(9, "NOUVELLE", "Zoé"),
    ]
    job = applied(school, samples.readings(students=changed, lessons=[samples.lesson(weekday=3)]), confirmed=True)
    assert _everything(school) != before
    undo(job.pk, school.pk)
    assert _everything(school) == before
    with pytest.raises(NotAppliable):
        undo(job.pk, school.pk)


def test_undoing_a_first_import_keeps_who_came_in(school: Establishment) -> None:
    job = applied(school, samples.readings())
    User.objects.filter(person__first_name="Samia").update(state=User.State.ACTIVE)
    undo(job.pk, school.pk)
    assert [person.first_name for person in Person.objects.all()] == ["Samia"]
    assert Person.objects.get().user is not None
    assert not Affiliation.objects.exists()
    # Imported again, she is the same person.
    applied(school, samples.readings())
    assert Person.objects.filter(first_name="Samia").count() == 1


def test_a_school_that_changed_since_asks_for_a_new_analysis(school: Establishment) -> None:
    first, second = analysed(school, samples.readings()), analysed(school, samples.readings())
    apply(first.pk, school.pk)
    with pytest.raises(NotAppliable, match="Relancez-la"):
        apply(second.pk, school.pk)


def test_files_are_forgotten_once_applied(school: Establishment) -> None:
    job = applied(school, samples.readings())
    with scope(school.pk):
        assert ImportJob.objects.get(pk=job.pk).readings is None
        assert JournalEntry.objects.filter(job=job).exists()


def test_a_parent_of_two_schools_is_proposed_as_one_person(school: Establishment) -> None:
    applied(school, samples.readings())
    lycee = open_establishment(uai="0999930F", name="Lycée des Essais", kind="lycee")
    samia = msgspec.structs.replace(samples.guardians()[0], key="77")
    samia = msgspec.structs.replace(
        samia, who=msgspec.structs.replace(samia.who, ids=(OutsideId("siecle_person", "0999930F", "77"),))
    )
    big = samples.student(50, "BELKACEM", "Lina")
    big = msgspec.structs.replace(
        big, who=msgspec.structs.replace(big.who, ids=(OutsideId("siecle_student", "0999930F", "50"),))
    )
    said = samples.readings(
        students=[big], guardians=[samia], links=[LinkRecord("50", "77", 1, "10")], staff=[], lessons=[]
    )
    said = [msgspec.structs.replace(each, uai="0999930F") for each in said]
    job = analysed(lycee, said)
    assert kinds(lycee, job)[Kind.SAME_PERSON] == 1
    with scope(lycee.pk):
        Difference.objects.filter(job=job).update(decision=Decision.APPLY)
    apply(job.pk, lycee.pk)
    assert Person.objects.filter(first_name="Samia").count() == 1
    assert Affiliation.objects.filter(person__first_name="Samia", profile="guardian").count() == 2


def test_names_alone_never_make_one_person(school: Establishment) -> None:
    homonym = Identity(
        (OutsideId("siecle_person", samples.UAI, "99"),), "BELKACEM", "Samia", email="autre@exemple.invalid"
    )
    said = [*samples.guardians(), msgspec.structs.replace(samples.guardians()[0], key="99", who=homonym)]
    job = applied(school, samples.readings(guardians=said, links=[*samples.links(), LinkRecord("3", "99", 1, "10")]))
    assert Kind.SAME_PERSON not in kinds(school, job)
    assert Person.objects.filter(first_name="Samia").count() == 2


def test_a_refusal_is_a_sentence(school: Establishment) -> None:
    years = samples.readings()
    years[0] = msgspec.structs.replace(years[0], year=2025)
    with scope(school.pk), pytest.raises(Rejected, match="deux années scolaires"):
        plan_of(years)


def _everything(school: Establishment) -> dict[str, list[tuple[object, ...]]]:
    """Every row an import may write, without its key."""
    with scope(school.pk):
        return {
            model.__name__: sorted(
                (tuple(value for name, value in row.items() if name != "id") for row in model._base_manager.values()),
                key=repr,
            )
            for model in (
                Person,
                ExternalId,
                Affiliation,
                Student,
                Group,
                Membership,
                Guardianship,
                Course,
                TimetableSlot,
            )
        }
