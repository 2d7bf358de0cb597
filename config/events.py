"""`pupitre events`: the live numbers of open pages, by server-sent events. The proxy leads `/evenements/` here.

The process holds thousands of streams and no Django: another one, which leaves at once, tells it what it must know.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from functools import partial

from config.cli import Refused, say


def serve(arguments: Sequence[str]) -> None:
    """Serve the streams until Ctrl-C or SIGTERM. Raises Refused when the database waits for its migrations."""
    parser = argparse.ArgumentParser("pupitre events", description="Tient les nombres du menu à jour.")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8001, help="port (8001)")
    parser.add_argument("--facts", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.facts:
        _tell_facts()
        return
    asked = subprocess.run(
        [sys.executable, "-m", "config.cli", "events", "--facts"], stdout=subprocess.PIPE, check=False
    )
    if asked.returncode:
        raise SystemExit(asked.returncode)
    _run(options, asked.stdout)


def _tell_facts() -> None:
    import django

    django.setup()
    import msgspec
    from django.conf import settings

    from config.migration import is_up_to_date
    from pupitre.foundation.live import CHANNEL
    from pupitre.notifications.sql import live_statement
    from pupitre.notifications.stream import Facts

    if not is_up_to_date():
        raise Refused("la base n’est pas à jour. Lancez « pupitre migrate », puis recommencez.")
    facts = Facts(settings.APPLICATION_URL, live_statement(), settings.SESSION_COOKIE_NAME, CHANNEL)
    sys.stdout.write(msgspec.json.encode(facts).decode())


def _run(options: argparse.Namespace, told: bytes) -> None:
    import msgspec
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from pupitre.notifications.stream import Facts, LiveNumbers

    facts = msgspec.json.decode(told, type=Facts)
    server = Granian(
        "pupitre.notifications.stream:LiveNumbers",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGI,
        workers=1,
        backlog=2048,
        backpressure=50_000,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    )
    say(f"Les nombres du menu se tiennent à jour sur le port {options.port} (Ctrl-C pour l’arrêter)")
    server.serve(target_loader=partial(LiveNumbers, facts), wrap_loader=False)
