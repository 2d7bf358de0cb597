"""Undoing the lines of a ledger, leaving alone what somebody changed or leaned on since."""

import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from pupitre.accounts.models import User
from pupitre.directory.models import ExternalId, Group, Membership, Person, Student
from pupitre.establishments.ledger import Delete, Line, Ref, Update, revert, write
from pupitre.establishments.models import Establishment
from pupitre.establishments.tests.school import ORDER, SEPTEMBER, group, person, seat, student
from pupitre.foundation import clock


def kept(lines: list[Line]) -> list[Line]:
    """The lines as the journal gives them back: they have been through JSON."""
    return [Line(line.model, line.action, json.loads(json.dumps(line.rows, cls=DjangoJSONEncoder))) for line in lines]


def test_everything_goes_back_in_the_reverse_order(inside: Establishment) -> None:
    writes = [person("Inès", ref="i"), student(Ref("i"), ref="s"), group(ref="g"), seat(Ref("s"), Ref("g"))]
    assert revert(kept(write(writes, ORDER))) == 0
    assert not Person.objects.exists()
    assert not Group.objects.exists()
    assert not Membership.objects.exists()


def test_a_changed_row_gets_its_former_values_back(inside: Establishment) -> None:
    write([person("Inès", birth_date=SEPTEMBER)], ORDER)
    ines = Person.objects.get()
    lines = write(
        [Update(Person, ines.pk, {"birth_date": SEPTEMBER, "email": ""}, {"birth_date": None, "email": "x@y.invalid"})],
        ORDER,
    )
    assert revert(kept(lines)) == 0
    ines.refresh_from_db()
    assert (ines.birth_date, ines.email) == (SEPTEMBER, "")


def test_a_row_changed_again_since_is_left(inside: Establishment) -> None:
    write([person("Inès")], ORDER)
    ines = Person.objects.get()
    lines = write([Update(Person, ines.pk, {"email": ""}, {"email": "x@y.invalid"})], ORDER)
    Person.objects.update(email="z@y.invalid")
    assert revert(kept(lines)) == 1
    assert Person.objects.get().email == "z@y.invalid"


def test_a_deleted_row_comes_back_as_it_was(inside: Establishment) -> None:
    write([person("Inès", ref="i"), student(Ref("i"), ref="s"), group(ref="g"), seat(Ref("s"), Ref("g"))], ORDER)
    held = Membership.objects.get()
    assert revert(kept(write([Delete(Membership, held.pk)], ORDER))) == 0
    assert Membership.objects.get().pk == held.pk
    assert Membership.objects.get().starts_on == SEPTEMBER


def test_a_created_row_that_something_leans_on_stays(inside: Establishment) -> None:
    lines = write([person("Inès"), person("Tom")], ORDER)
    ExternalId.objects.create(person=Person.objects.get(first_name="Inès"), source="aaf", namespace="99", value="1")
    assert revert(kept(lines)) == 1
    assert Person.objects.get().first_name == "Inès"


def test_rows_named_to_be_kept_stay(inside: Establishment) -> None:
    lines = write([person("Inès"), person("Tom")], ORDER)
    tom = Person.objects.get(first_name="Tom")
    assert revert(kept(lines), {Person: {tom.pk}}) == 1
    assert Person.objects.get() == tom


def test_what_only_serves_to_sign_in_goes_with_the_account(inside: Establishment) -> None:
    user = User.objects.create(username="ines", display_name="Inès", created_at=clock.now())
    user.sessions.create(session_key="x", expire_date=clock.now())
    assert revert([Line("accounts.User", "create", [[user.pk, None, None]])]) == 0
    assert not User.objects.exists()


def test_a_row_that_is_gone_already_is_no_trouble(inside: Establishment) -> None:
    lines = write([person("Inès", ref="i"), student(Ref("i"))], ORDER)
    student_line = write(
        [Update(Student, Student.objects.get().pk, {"boarding_code": "0"}, {"boarding_code": "2"})], ORDER
    )
    Student.objects.all().delete()
    assert revert(kept([*lines, *student_line])) == 1
    assert not Person.objects.exists()


@pytest.mark.parametrize("values", [{"email": "a@b.invalid"}, {"birth_date": SEPTEMBER, "first_name": "Inaya"}])
def test_undoing_twice_changes_nothing_more(inside: Establishment, values: dict[str, Any]) -> None:
    write([person("Inès")], ORDER)
    ines = Person.objects.get()
    lines = kept(write([Update(Person, ines.pk, {name: getattr(ines, name) for name in values}, values)], ORDER))
    assert (revert(lines), revert(lines)) == (0, 1)
    ines.refresh_from_db()
    assert (ines.first_name, ines.email, ines.birth_date) == ("Inès", "", None)
