import copy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.urls import get_resolver
from pytest_django.plugin import DjangoDbBlocker

import demo
from demo.build import build_region
from demo.model import Region
from demo.region import demo_region
from demo.stands import pronote_url
from pupitre.foundation import clock

TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def region() -> Region:
    """The region of an ordinary Tuesday."""
    return demo_region(TUESDAY)


@pytest.fixture(scope="module")
def demo_server(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """A demo server on that Tuesday at 10:20, its region built once for a file of tests that undo what they write; the steps."""
    # Addresses read once the demonstration is switched on would hold its own, for all the tests of the process.
    assert get_resolver().url_patterns
    pages = cast("list[dict[str, Any]]", copy.deepcopy(settings.TEMPLATES))
    pages[0]["DIRS"] = [*pages[0]["DIRS"], Path(demo.__file__).parent / "templates"]
    changed = {"DEMO": True, "ROOT_URLCONF": "demo.tests.urls", "TEMPLATES": pages}
    changed["OUTSIDE_TRUSTED_HOSTS"] = [urlsplit(pronote_url()).netloc]
    told: list[str] = []

    def tell(step: str) -> None:
        told.append(step)
        # Plans made for tables that were empty until then take minutes.
        with connection.cursor() as cursor:
            cursor.execute("select analyse_tables()")

    with (
        django_db_blocker.unblock(),
        clock.at("2026-11-24T10:20"),
        override_settings(STATE=tmp_path_factory.mktemp("state"), **changed),
        transaction.atomic(),
    ):
        build_region(tell)
        tell("La région est prête")
        yield told
        transaction.set_rollback(True)
