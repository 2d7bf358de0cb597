"""Many rows in one transaction: created by name, changed, deleted; what is kept of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupitre.directory.models import Affiliation, Group, Membership, Person, Student
from pupitre.establishments.ledger import Bind, Create, Delete, Line, Ref, Update, write
from pupitre.establishments.models import Closure, Establishment
from pupitre.establishments.scope import scope
from pupitre.establishments.tests.school import ORDER, SEPTEMBER, group, person, seat, student


def test_rows_point_to_rows_of_the_same_list_in_any_order(inside: Establishment) -> None:
    writes = [
        seat(Ref("schooling"), Ref("5A")),
        student(Ref("ines"), ref="schooling"),
        person("Inès", ref="ines"),
        group(ref="5A"),
    ]
    lines = write(writes, ORDER)
    assert Membership.objects.get().student.person.first_name == "Inès"
    assert [(line.model, line.action) for line in lines] == [
        ("directory.Group", "create"), ("directory.Person", "create"), ("directory.Student", "create"),
        ("directory.Membership", "create"),
    ]  # fmt: skip
    assert all(row[1:] == [None, None] for line in lines for row in line.rows)


def test_rows_go_to_the_open_school_whoever_writes_them(inside: Establishment, neighbour: Establishment) -> None:
    write([Create(Closure, {"label": "Pont", "starts_on": SEPTEMBER, "ends_on": SEPTEMBER})], ORDER)
    assert Closure.objects.get().establishment == inside
    with scope(neighbour.pk):
        assert not Closure.objects.exists()


def test_a_row_whose_owner_was_declined_is_left_out(inside: Establishment) -> None:
    write([student(Ref("nobody"), ref="schooling"), seat(Ref("schooling"), Ref("5A")), group(ref="5A")], ORDER)
    assert not Student.objects.exists()
    assert not Membership.objects.exists()
    assert Group.objects.exists()


def test_a_name_given_twice_makes_one_row(inside: Establishment) -> None:
    write([person("Inès", ref="ines"), person("Inaya", ref="ines")], ORDER)
    assert Person.objects.get().first_name == "Inès"


def test_a_table_without_a_place_in_the_order_is_refused(inside: Establishment) -> None:
    with pytest.raises(ValueError, match="no place in the order"):
        write([person("Inès")], (Group,))


def test_columns_of_created_rows_are_remembered_when_asked(inside: Establishment) -> None:
    (line,) = write(
        [person("Inès", email="i@exemple.invalid")], ORDER, remember={Person: ("first_name", "email", "mobile")}
    )
    assert line.rows[0][2] == {"first_name": "Inès", "email": "i@exemple.invalid"}


def test_changes_of_one_row_are_put_together_and_the_last_one_wins(inside: Establishment) -> None:
    write([person("Inès")], ORDER)
    ines = Person.objects.get()
    (line,) = write(
        [
            Update(Person, ines.pk, {"email": ""}, {"email": "a@exemple.invalid"}),
            Update(Person, ines.pk, {"email": ""}, {"email": "b@exemple.invalid"}),
            Update(Person, ines.pk, {"birth_date": None}, {"birth_date": dt.date(2014, 1, 2)}),
        ],
        ORDER,
    )
    ines.refresh_from_db()
    assert (ines.email, ines.birth_date) == ("b@exemple.invalid", dt.date(2014, 1, 2))
    assert line.rows == [
        [ines.pk, {"email": "", "birth_date": None}, {"email": "b@exemple.invalid", "birth_date": dt.date(2014, 1, 2)}]
    ]


def test_what_changes_nothing_is_not_written(inside: Establishment) -> None:
    write([person("Inès")], ORDER)
    assert write([Update(Person, Person.objects.get().pk, {"email": ""}, {"email": ""})], ORDER) == []


def test_a_change_that_points_to_a_declined_row_is_left_out(inside: Establishment) -> None:
    write([person("Inès")], ORDER)
    assert write([Update(Person, Person.objects.get().pk, {"user_id": None}, {"user_id": Ref("nobody")})], ORDER) == []


def test_deletions_come_first_so_that_a_row_may_replace_another(inside: Establishment) -> None:
    write([group("5A")], ORDER)
    held = Group.objects.get()
    lines = write([group("5A"), Delete(Group, held.pk)], ORDER)
    assert Group.objects.get().pk != held.pk
    assert [line.action for line in lines] == ["delete", "create"]
    assert lines[0].rows[0][1]["code"] == "5A"


def test_a_name_may_stand_for_a_row_that_exists(inside: Establishment) -> None:
    write([person("Inès")], ORDER)
    ines = Person.objects.get()
    write([Bind("ines", ines.pk), person("Une autre", ref="ines"), student(Ref("ines"))], ORDER)
    assert Person.objects.get() == ines
    assert Student.objects.get().person == ines


def role(owner: int | Ref, school: Establishment, function: str) -> Create:
    return Create(Affiliation, {"person_id": owner, "establishment_id": school.pk, "profile": "guardian", "function": function,
                                "source": "siecle", "starts_on": SEPTEMBER, "ends_on": None})  # fmt: skip


def test_what_a_bound_owner_has_already_is_brought_up_to_date(inside: Establishment) -> None:
    write([person("Samia", ref="samia"), role(Ref("samia"), inside, "avant")], ORDER)
    samia, held = Person.objects.get(), Affiliation.objects.get()
    closing = Update(Affiliation, held.pk, {"ends_on": None}, {"ends_on": SEPTEMBER})
    lines = write(
        [Bind("same", samia.pk), person("Samia", ref="same"), role(Ref("same"), inside, "après"), closing], ORDER
    )
    held.refresh_from_db()
    # The row of the bound owner has the last word over what another write said of it.
    assert (held.function, held.ends_on) == ("après", None)
    assert [(line.model, line.action) for line in lines] == [("directory.Affiliation", "update")]


def test_what_hangs_on_a_row_that_is_kept_hangs_on_it(inside: Establishment) -> None:
    write([person("Inès", ref="i"), student(Ref("i"))], ORDER)
    ines, schooling = Person.objects.get(), Student.objects.get()
    again = [person("Inès", ref="same"), student(Ref("same"), ref="s"), group(ref="g"), seat(Ref("s"), Ref("g"))]
    write([Bind("same", ines.pk), *reversed(again)], ORDER)
    assert Student.objects.get() == schooling
    assert Membership.objects.get().student == schooling


def test_a_thousand_rows_take_few_statements(inside: Establishment) -> None:
    with CaptureQueriesContext(
        connection,
    ) as statements:
        write(
            [*(person(f"P{n}", ref=f"p{n}") for n in range(1000)), *(student(Ref(f"p{n}")) for n in range(1000))], ORDER
        )
    assert len(statements) <= 6
    changes = [
        Update(Student, pk, {"boarding_code": "0"}, {"boarding_code": "2"})
        for pk in Student.objects.values_list("pk", flat=True)
    ]
    with CaptureQueriesContext(connection) as statements:
        write(changes, ORDER)
    assert len(statements) == 1


def test_lines_are_plain_data(inside: Establishment) -> None:
    assert write([], ORDER) == []
    assert Line("directory.Person", "create", []).rows == []
