"""Every route has its door; every door answers each member of the cast as written, and asks the database as often as reviewed."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import Cast
from tests.doors import CALLERS, Door, every_door
from tests.query_counts import reviewed, together, write_down
from tests.statements import statements_of

DOORS = every_door()


def routes(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The name of every route of the house."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield f"{namespace}{pattern.name}"


def test_every_route_has_its_door():
    written = {door.route for door in DOORS}
    assert set(routes(get_resolver().url_patterns)) == written


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.method} {door.name}")
def test_a_door_answers_each_caller_as_written(door: Door, cast: Cast, tuesday):
    address = door.address(cast)
    answered, asked = {}, {}
    for caller in CALLERS:
        answered[caller], count = visit(door, address, caller, cast)
        if door.method == "get" and answered[caller] == 200:
            # The first visit of a process fills what it keeps in memory: a second one says what the page costs.
            is_as_reviewed = count == expected_count(door, caller)
            asked[caller] = count if is_as_reviewed else visit(door, address, caller, cast)[1]
    assert answered == {caller: door.expected(caller) for caller in CALLERS}
    if asked and together(asked) != reviewed().get(door.name):
        pytest.fail(f"{together(asked)} statements; measured: {write_down(door.name, together(asked))}")


def visit(door: Door, address: str, caller: str, cast: Cast) -> tuple[int, int]:
    """What a caller is answered, and how many statements it took."""
    client = Client()
    if caller != "anonymous":
        cast.sign_in(client, caller.replace("_", "-"))
    answers: list[HttpResponse] = []
    asked = statements_of(lambda: answers.append(getattr(client, door.method)(address, data=door.data)))
    return answers[0].status_code, len(asked)


def expected_count(door: Door, caller: str) -> int | None:
    """How many statements the page of this caller was reviewed at."""
    counts = reviewed().get(door.name)
    return counts.get(caller) if isinstance(counts, dict) else counts


def test_only_pages_that_exist_were_reviewed():
    gone = sorted(set(reviewed()) - {door.name for door in DOORS if door.method == "get"})
    assert not gone, f"measured: {[write_down(page, None) for page in gone][-1]}"


def test_the_demo_addresses_do_not_exist_elsewhere(db):
    assert not settings.DEMO
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/principal").status_code == 404
