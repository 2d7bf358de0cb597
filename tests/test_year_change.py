"""A new school year: the files of September end what is over, keep people, and their accounts with them (IDN-8)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import structs

from pupitre.accounts.models import User
from pupitre.directory.activation import divisions_of_today
from pupitre.directory.duplicates import Typed
from pupitre.directory.models import Affiliation, Guardianship, Membership, Person, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.queries import students_of
from pupitre.directory.services.account_life import housekeep
from pupitre.directory.services.arrivals import NewRole, add_person, renew_roles
from pupitre.directory.services.restrictions import ShutReason, shut_out
from pupitre.directory.years import year_end
from pupitre.establishments.models import SchoolYear
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.exchange.records import Reading, StudentRecord
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, Outcome
from pupitre.timetable.models import TimetableSlot

INES, TOM, JADE, MALO = "Inès", "Tom", "Jade", "Malo"


@pytest.fixture
def engine(db: None) -> Engine:
    """A school whose first year was imported, and whose people have all opened their accounts."""
    made = Engine(open_establishment(uai=samples.UAI, name="Collège des Essais", kind="college"))
    with clock.at("2026-09-16T08:00"):
        made.applied(samples.readings())
        User.objects.update(state=User.State.ACTIVE, activated_at=clock.now())
    return made


def students_of_2027() -> list[StudentRecord]:
    """Inès and Tom go up to 4A, Malo stays in 5A, Jade has left, Zoé arrives."""
    ines, tom, _jade, malo = samples.students()
    up = [structs.replace(each, division="4A", groups=()) for each in (ines, tom)]
    return [*up, structs.replace(malo, groups=()), samples.student(5, "ADAM", "Zoé")]


def next_year(**instead: Any) -> list[Reading]:
    """The files of September 2027."""
    told: dict[str, Any] = {
        "students": students_of_2027(),
        "guardians": [*samples.guardians()[::2], samples.guardian(15, "ADAM", "Rose")],
        "links": [*samples.links()[:2], samples.links()[3], structs.replace(samples.links()[0], student="5", guardian="15")],
        "groups": [samples.group("5A", "5e A"), samples.group("4A", "4e A")],
        "lessons": [samples.lesson(weeks=tuple(dt.date(2027, 9, 6) + dt.timedelta(weeks=week) for week in range(6)))],
    }  # fmt: skip
    files = samples.readings(**(told | instead))
    return [structs.replace(each, year=2027, produced_at=dt.datetime(2027, 9, 1, 18)) for each in files]


@pytest.fixture
def september(engine: Engine) -> Iterator[Outcome]:
    """The files of the new year, applied on its first day."""
    with clock.at("2027-09-02T08:00"):
        yield engine.applied(next_year(), confirmed=True)


def person(first_name: str) -> Person:
    return Person.objects.select_related("user").get(first_name=first_name)


def classes_of(engine: Engine, first_name: str) -> list[tuple[int, str, dt.date | None]]:
    with scope(engine.school.pk):
        held = Membership.objects.filter(student__person__first_name=first_name, group__kind="division")
        return list(held.order_by("starts_on").values_list("group__school_year__year", "group__code", "ends_on"))


def head_of(engine: Engine) -> Actor:
    profiles = frozenset({Profile.HEAD})
    someone = person("Claire")
    assert someone.user_id
    school = engine.school
    return Actor(someone.user_id, someone.pk, school.pk, school.uai, profiles, capabilities_of(profiles))


def test_classes_of_last_year_end_with_it_and_those_of_the_new_one_begin(engine: Engine, september: Outcome) -> None:
    last_day = dt.date(2027, 8, 31)
    assert classes_of(engine, INES) == [(2026, "5A", last_day), (2027, "4A", None)]
    assert classes_of(engine, MALO) == [(2026, "5A", last_day), (2027, "5A", None)]
    with scope(engine.school.pk):
        assert set(SchoolYear.objects.values_list("year", flat=True)) == {2026, 2027}
        shown = {group.code: {str(student) for student in students_of(group)} for group in divisions_of_today()}
        assert not Membership.objects.filter(group__school_year__year=2026, ends_on=None).exists()
    assert shown == {"4A": {"Inès Belkacem", "Tom Belkacem"}, "5A": {"Malo Le Galloudec", "Zoé Adam"}}


def test_last_year_stays_readable(engine: Engine, september: Outcome) -> None:
    with scope(engine.school.pk), clock.at("2027-03-01T10:00"):
        [before] = divisions_of_today()
        assert {str(student) for student in students_of(before)} >= {"Inès Belkacem", "Jade D’Hautcœur"}
        slots = TimetableSlot.objects.filter(course__group__school_year__year=2026)
        assert slots.exists()


def test_students_teachers_and_parents_keep_their_accounts(engine: Engine, september: Outcome) -> None:
    for name in (INES, TOM, MALO, "Samia", "Anne", "Claire", "Hugo"):
        kept = person(name)
        assert kept.user is not None, name
        assert kept.user.state == User.State.ACTIVE, name
        assert Affiliation.objects.get(person=kept).ends_on is None, name
    assert {kind for kind in september.kinds if kind.startswith("new_")} >= {"new_student", "new_guardian"}
    new = person("Zoé")
    assert new.user is not None
    assert new.user.state == User.State.CREATED
    assert Person.objects.filter(last_name="ROUSSEL").count() == 1


def test_whoever_is_not_in_the_new_files_loses_access_and_nothing_else(engine: Engine, september: Outcome) -> None:
    jade, paul = person(JADE), person("Paul")
    assert Affiliation.objects.get(person=jade).ends_on == dt.date(2027, 9, 1)
    assert Affiliation.objects.get(person=paul).ends_on == dt.date(2027, 9, 1)
    assert classes_of(engine, JADE) == [(2026, "5A", dt.date(2027, 9, 1))]
    for each in (jade, paul):
        assert each.user is not None
        assert each.user.state == User.State.ACTIVE


def test_their_accounts_close_three_months_later_then_go(engine: Engine, september: Outcome) -> None:
    names = (JADE, "Paul")
    with clock.at("2027-12-01T03:00"):
        assert not any(housekeep().values())
    with clock.at("2027-12-02T03:00"):
        assert housekeep()["closed"] == 2
    assert {person(name).user.state for name in names} == {User.State.CLOSED}  # type: ignore[union-attr]
    with clock.at("2028-03-03T03:00"):
        assert housekeep()["deleted"] == 2
    assert {person(name).user for name in names} == {None}
    with scope(engine.school.pk):
        assert Student.objects.filter(person=person(JADE)).exists()
        assert Guardianship.objects.filter(guardian=person("Paul"), student=person(JADE)).exists()
    assert person(INES).user is not None


def test_a_student_who_comes_back_finds_their_account(engine: Engine, september: Outcome) -> None:
    with clock.at("2027-12-02T03:00"):
        housekeep()
    with clock.at("2027-12-10T08:00"):
        back = structs.replace(samples.students()[2], division="5A", groups=())
        files = next_year(students=[*students_of_2027(), back])
        engine.applied(
            [structs.replace(each, produced_at=dt.datetime(2027, 12, 9, 18)) for each in files], confirmed=True
        )
    with clock.at("2027-12-11T03:00"):
        assert housekeep()["reopened"] == 1
    assert person(JADE).user.state == User.State.ACTIVE  # type: ignore[union-attr]
    assert person("Paul").user.state == User.State.CLOSED  # type: ignore[union-attr]


def test_access_that_the_head_shut_stays_shut(engine: Engine) -> None:
    with scope(engine.school.pk), clock.at("2027-03-01T10:00"):
        link = Guardianship.objects.get(guardian=person("Samia"), student=person(INES))
        shut_out(link=link, reason=ShutReason.JUDGE, actor=head_of(engine))
    with clock.at("2027-09-02T08:00"):
        engine.applied(next_year(), confirmed=True)
    link.refresh_from_db()
    assert (link.is_restricted, link.ends_on) == (True, None)


def test_people_added_by_hand_are_renewed_or_go(engine: Engine) -> None:
    with scope(engine.school.pk), clock.at("2026-11-02T10:00"):
        until = year_end(clock.today())
        for first_name, last_name in (("Odile", "MARCEAU"), ("Jean", "COLLIN")):
            role = NewRole(Profile.HEALTH, "", clock.today(), until)
            add_person(Typed(last_name, first_name), role, actor=head_of(engine))
    with scope(engine.school.pk), clock.at("2027-06-20T10:00"):
        assert renew_roles(Affiliation.objects.filter(person=person("Odile")), actor=head_of(engine)) == 1
    with clock.at("2027-09-01T03:00"):
        assert housekeep()["closed"] == 1
    with clock.at("2027-09-02T08:00"):
        engine.applied(next_year(), confirmed=True)
    assert Affiliation.objects.get(person=person("Odile")).ends_on == dt.date(2028, 8, 31)
    assert Affiliation.objects.get(person=person("Jean")).ends_on == until
    assert person("Jean").user.state == User.State.CLOSED  # type: ignore[union-attr]
    with clock.at("2027-12-02T03:00"):
        assert housekeep()["deleted"] == 1
    assert person("Odile").user is not None
    assert person("Jean").user is None
