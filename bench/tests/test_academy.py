"""The academy: the same for the same seed, of the size asked for, and every row in its school."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection as pages

from bench.academy.build import build_academy
from bench.academy.model import Visitor
from bench.academy.tables import COLUMNS

Owner = psycopg.Connection[Any]
DIVISIONS = (8,)


@pytest.fixture
def owner(db: None) -> Iterator[Owner]:
    """The owner of the test database, who alone may copy; nothing is kept."""
    owner = settings.OWNER_DATABASE
    with psycopg.connect(
        dbname=pages.settings_dict["NAME"], user=owner["USER"], password=owner["PASSWORD"], host=owner["HOST"]
    ) as connection:
        yield connection
        connection.rollback()


def _build(owner: Owner, seed: int = 7) -> tuple[list[Visitor], list[int]]:
    told: list[int] = []
    return build_academy(owner, schools=2, seed=seed, tell=told.append, divisions=DIVISIONS), told


def _rows(owner: Owner, table: str) -> list[tuple[Any, ...]]:
    return owner.execute(f"select * from {table} order by 1").fetchall()


def _one(owner: Owner, query: str) -> Any:
    row = owner.execute(query).fetchone()
    return row[0] if row else None


def test_two_schools_are_made_as_large_as_asked(owner: Owner) -> None:
    _visitors, told = _build(owner)
    assert told == [1, 2]
    assert _one(owner, "select count(*) from directory_student") == 2 * 8 * 25
    assert _one(owner, "select count(*) from directory_group where kind = 'division'") == 16
    guardians = _one(owner, "select count(distinct guardian_id) from directory_guardianship")
    assert 1.4 < guardians / 400 < 1.8
    # Two classes a level: 25 lessons for each, and 3 more for each of the two groups of languages.
    assert _one(owner, "select count(*) from timetable_timetableslot") == 2 * 8 * 28


def test_every_row_stands_behind_the_wall_of_its_school(owner: Owner) -> None:
    _build(owner)
    owner.execute("set constraints all immediate")
    strangers = """select count(*) from directory_membership m join directory_student s on s.id = m.student_id
        join directory_group g on g.id = m.group_id
        where m.establishment_id <> s.establishment_id or m.establishment_id <> g.establishment_id"""
    assert _one(owner, strangers) == 0
    for table, columns in COLUMNS.items():
        if "establishment_id" in columns:
            assert _one(owner, f"select count(distinct establishment_id) from {table}") == 2, table


def test_nobody_is_in_two_lessons_at_once(owner: Owner) -> None:
    _build(owner)
    clash = """select count(*) from (select {who}, s.weekday, s.starts_at from timetable_timetableslot s {join}
        group by 1, 2, 3 having count(*) > 1) twice"""
    students = """join timetable_course c on c.id = s.course_id
        join directory_membership m on m.group_id = c.group_id"""
    assert _one(owner, clash.format(who="s.teacher_ids", join="")) == 0
    assert _one(owner, clash.format(who="s.classroom_id", join="")) == 0
    assert _one(owner, clash.format(who="m.student_id", join=students)) == 0


def test_visitors_of_every_role_are_signed_in_to_accounts_that_are_open(owner: Owner) -> None:
    visitors, _told = _build(owner)
    assert {visitor.role for visitor in visitors} == {"student", "guardian", "teacher", "school_life", "head"}
    sessions = """select s.session_key from accounts_session s join accounts_user u on u.id = s.user_id
        join directory_person p on p.user_id = u.id where u.state = 'active'"""
    assert {row[0] for row in owner.execute(sessions)} == {visitor.session for visitor in visitors}


def test_the_same_seed_makes_the_same_academy(owner: Owner) -> None:
    seen = []
    for seed in (7, 7, 8):
        with owner.transaction(force_rollback=True):
            _build(owner, seed)
            seen.append([_rows(owner, table) for table in COLUMNS])
    assert seen[0] == seen[1]
    assert seen[0] != seen[2]
