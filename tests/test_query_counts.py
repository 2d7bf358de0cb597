"""The exact number of statements of every page, for everyone who may open it: one number when it is the same for all.

`query_counts.json` is reviewed like code: a number that rises is a choice. When a page changes on purpose, copy the
file that the failure names over it.
"""

import json
from collections.abc import Iterator
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.doors import CALLERS, Door, every_door
from tests.statements import statements_of

REVIEWED = Path(__file__).with_name("query_counts.json")


def test_every_page_asks_the_database_as_often_as_reviewed(cast, tuesday):
    counted: dict[str, int | dict[str, int]] = {}
    reviewed = json.loads(REVIEWED.read_text())
    for door in every_door():
        if door.method != "get":
            continue
        counts = dict(_counts(door, cast, reviewed.get(door.name)))
        if counts:
            same = len(set(counts.values())) == 1
            counted[door.name] = counts.popitem()[1] if same else counts
    found = settings.STATE / REVIEWED.name
    lines = ",\n".join(f"  {json.dumps(page)}: {json.dumps(counted[page])}" for page in sorted(counted))
    found.write_text(f"{{\n{lines}\n}}\n")
    assert counted == reviewed, f"measured: {found}"


def _counts(door: Door, cast: Cast, reviewed: int | dict[str, int] | None) -> Iterator[tuple[str, int]]:
    address, client = door.address(cast), Client()
    for caller, cookies in cast.sign_in_all([each for each in CALLERS if door.expected(each) == 200]).items():
        client.cookies = SimpleCookie(cookies)
        visit = partial(client.get, address)
        count = len(statements_of(visit))
        # The first visit of a process fills what it keeps in memory: a second one says what the page costs.
        is_as_reviewed = count == (reviewed.get(caller) if isinstance(reviewed, dict) else reviewed)
        yield caller, count if is_as_reviewed else len(statements_of(visit))
