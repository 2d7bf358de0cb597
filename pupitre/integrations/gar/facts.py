"""What the house knows that the GAR is sent, read with few statements: two a page of people, one a school."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
from django.db import connection

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.integrations.gar.held import Answer, School, Standing
from pupitre.integrations.gar.profiles import national
from pupitre.integrations.gar.records import Human
from pupitre.integrations.gar.sql import PEOPLE, SCHOOL, STANDING
from pupitre.integrations.services.services.registering import draw_common_numbers

_PAGE = 2000
_CIVILITIES = {"M": "M.", "F": "Mme"}


_decode = msgspec.json.Decoder(School).decode
_Row = tuple[int, str, str, str, str, dt.date | None, str, str | None, list[list[str]]]


def school_now() -> School:
    """The open school; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SCHOOL, {"school": current_establishment_id(), "today": clock.today()})
        row = cursor.fetchone()
    return _decode(row[0]) if row else School([], [], [], [], [], [])


def standing_here() -> Standing:
    """How the open school stands with the GAR; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"school": current_establishment_id()})
        *row, answers = cursor.fetchone()
    return Standing._make([*row, msgspec.convert(answers, list[Answer])])


def people_of(schools: list[int], profiles: list[str], *, draw: bool = True) -> Iterator[Human]:
    """Whoever is one of these profiles in one of these schools today, each once, by the number of their record.

    Numbers are drawn for those who have none, unless one only looks: `number` is then « ».
    """
    after = 0
    while rows := _page(schools, profiles, after):
        if draw and any(row[7] is None for row in rows):
            draw_common_numbers([row[0] for row in rows if row[7] is None])
            rows = _page(schools, profiles, after)
        yield from map(_human, rows)
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def _page(schools: list[int], profiles: list[str], after: int) -> list[_Row]:
    told: dict[str, Any] = {
        "schools": schools,
        "profiles": profiles,
        "today": clock.today(),
        "after": after,
        "size": _PAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, told)
        return cursor.fetchall()


def _human(row: _Row) -> Human:
    person, last, usage, first, sex, birth, mail, number, roles = row
    known = dict.fromkeys((uai, national(profile, function)) for uai, profile, function in roles)
    return Human(
        person,
        number or "",
        usage or last,
        last,
        first,
        _CIVILITIES.get(sex, ""),
        birth,
        (mail,) if mail else (),
        tuple(known),
    )
