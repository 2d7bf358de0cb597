"""The home costs the same whether tools answer or hang: counted in calls, which repeat on any machine, not in seconds."""

import cProfile
import pstats
import time

from django.test import Client

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.pronote.services.asking import KEY
from pupitre.integrations.pronote.tests.stand import open_pronote
from pupitre.integrations.services.models import OutsideCopy
from pupitre.integrations.services.services.copying import read_with
from pupitre.integrations.services.tests.factories import admin_of, open_service
from tests.jobs import run_jobs
from tests.statements import statements_of

MOST = 1.05


def _calls_of(client: Client) -> int:
    """The calls of one view, once everything that a process keeps is there."""
    client.get("/")
    profile = cProfile.Profile()
    profile.runcall(client.get, "/")
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def test_two_tools_that_hang_change_nothing_to_the_home(cast, pronote):
    connectors = [
        open_pronote(cast, pronote.url),
        open_service(cast, name="Autre", release="pronote", address=pronote.url),
    ]
    with scope(cast.college.pk):
        read_with(connectors[1], actor=admin_of(cast), reader=KEY)
    client = cast.sign_in(Client(), "eleve")
    for each in connectors:
        client.post(f"/{cast.college.uai}/services/{each.pk}/rafraichir/")
    run_jobs()
    with clock.at("2026-11-24T10:40"):
        # The same page at the same hour, its copies due: while the tools answer, then while they hang.
        well, asked = _calls_of(client), len(pronote.heard)
        statements = len(statements_of(lambda: client.get("/")))
        pronote.mood = "hang"
        for each in connectors:
            start = time.monotonic()
            client.post(f"/{cast.college.uai}/services/{each.pk}/rafraichir/")
            # Asking for a newer copy waits for nobody either.
            assert time.monotonic() - start < 1
        waiting = _calls_of(client)
        assert len(pronote.heard) == asked
        run_jobs()
        with scope(cast.college.pk):
            assert set(OutsideCopy.objects.values_list("failure", flat=True)) == {"timeout"}
        hanging = _calls_of(client)
        assert len(statements_of(lambda: client.get("/"))) == statements
    # The jobs did call, the home did not.
    assert len(pronote.heard) == asked + 2
    assert max(waiting, hanging) / well <= MOST, (well, waiting, hanging)
