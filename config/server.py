"""`pupitre serve`: the pages, by granian, one worker per core and one thread in each."""

import argparse
import os
import socket
from collections.abc import Callable, Sequence
from importlib import import_module

from config.cli import Refused, say
from config.migration import is_up_to_date
from config.static import build_static

# Counts open connections, idle ones too, and a browser keeps six.
CONNECTIONS_PER_WORKER = 512
SECONDS_TO_FINISH = 10


def serve(arguments: Sequence[str]) -> None:
    """Serve the pages until Ctrl-C or SIGTERM. Raises Refused when the database waits for its migrations."""
    import django

    options = parse("serve", arguments)
    django.setup()
    if not is_up_to_date():
        raise Refused("la base n’est pas à jour. Lancez « pupitre migrate », puis recommencez.")
    build_static()
    run(options)


def parse(name: str, arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a command that serves pages. Raises Refused when the port is taken."""
    parser = argparse.ArgumentParser(f"pupitre {name}", description="Sert les pages de Pupitre.")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="port (PORT, ou 8000)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processus (un par cœur)")
    options = parser.parse_args(arguments)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            raise Refused(
                f"le port {options.port} est déjà pris. Choisissez-en un autre : PORT={options.port + 1}."
            ) from error
    return options


def address(options: argparse.Namespace) -> str:
    """Where to point a browser."""
    host = "localhost" if options.host in {"127.0.0.1", "0.0.0.0", "::"} else options.host  # noqa: S104 # nosec B104
    return f"http://{host}:{options.port}/"


def run(options: argparse.Namespace, when_ready: Callable[[], None] | None = None) -> None:
    """Start the workers and wait for the end; requests under way are finished."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Workers are forks of this process: they share what it has loaded, and a mistake in it stops the start. A
    # connection cannot be shared.
    import_module("config.wsgi")
    connections.close_all()
    server = Granian(
        "config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=1,
        # The thread holds the database connection: let it live.
        blocking_threads_idle_timeout=600,
        backlog=2048,
        backpressure=CONNECTIONS_PER_WORKER,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
    )
    if when_ready:
        when_ready()
    else:
        say(f"Pupitre est ouvert : {address(options)} (Ctrl-C pour l’arrêter)")
    server.serve()
