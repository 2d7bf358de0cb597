"""Every route has its door, and every door answers each member of the cast as written."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.doors import CALLERS, Door, every_door

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
def test_a_door_answers_each_caller_as_written(door: Door, cast, tuesday):
    address = door.address(cast)
    client, answered = Client(), {}
    for caller, cookies in cast.sign_in_all(CALLERS).items():
        client.cookies = SimpleCookie(cookies)
        answered[caller] = getattr(client, door.method)(address, data=door.data).status_code
    assert answered == {caller: door.expected(caller) for caller in CALLERS}


def test_the_demo_addresses_do_not_exist_elsewhere(db):
    assert not settings.DEMO
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/principal").status_code == 404
