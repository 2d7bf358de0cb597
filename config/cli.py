"""The `pupitre` command: starts what is needed, then runs a command of ours or one of Django's.

`pupitre serve`, `pupitre demo`, `pupitre migrate`, `pupitre import FILE…`; `pupitre help` lists the others.
A failure is one line and a status other than 0; `--traceback` shows where it happened.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

from config.state import state_folder

Command = Callable[[Sequence[str]], None]

# They change the shape of the database, or read what only its owner may.
AS_OWNER = {"migrate", "makemigrations", "createcachetable"}
WITHOUT_DATABASE = {"build_fonts", "check", "collectstatic", "compilemessages", "help", "makemessages", "version"}

OURS = {
    "serve": "config.server:serve",
    "work": "config.worker:work",
    "events": "config.events:serve",
    "demo": "config.demonstration:demo",
    "demo-reset": "config.demonstration:reset",
    "migrate": "config.migration:migrate",
    "prepare-registers": "pupitre.attendance.command:main",
    "take-over": "pupitre.integrations.takeover.command:main",
    "import-aaf": "pupitre.integrations.aaf.command:main",
    "import-absences": "pupitre.integrations.takeover.command:main",
    "bench": "bench.cli:main",
    "bench-aaf": "bench.aaf:main",
    "bench-averages": "bench.averages:main",
    "bench-bulletins": "bench.bulletins:main",
    "bench-data": "bench.data:main",
    "bench-gar": "bench.gar:main",
    "bench-import": "bench.imports:main",
    "bench-lsu": "bench.lsu:main",
    "bench-meetings": "bench.meetings:main",
    "bench-messages": "bench.messages.cli:main",
    "bench-roll-call": "bench.roll_call:main",
    "bench-post": "bench.post.cli:main",
    "bench-upload": "bench.upload:main",
}
# They start the databases they need themselves.
WITHOUT_DATABASE_YET = {
    "demo-reset",
    "bench",
    "bench-aaf",
    "bench-averages",
    "bench-bulletins",
    "bench-data",
    "bench-gar",
    "bench-import",
    "bench-lsu",
    "bench-messages",
    "bench-roll-call",
    "bench-post",
    "bench-upload",
}

# Errors whose message is written for whoever types the command.
_ALREADY_CLEAR = {"Refused", "PostgresError", "CommandError", "WrongStart"}


class Refused(Exception):
    """What was asked cannot be done; the message says why and what to do, in one French line."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the status to leave with."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    with_trace = "--traceback" in arguments
    arguments = [argument for argument in arguments if argument != "--traceback"]
    try:
        _run(arguments)
    except KeyboardInterrupt:
        return 130
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except Exception as error:
        if with_trace:
            raise
        sys.stderr.write(f"pupitre : {_line(error)}\n")
        return 1
    return 0


def say(text: str = "") -> None:
    """One line for whoever typed the command."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _run(arguments: list[str]) -> None:
    name, *rest = arguments or ["help"]
    settings = "demo" if os.environ.get("PUPITRE_DEMO") == "1" or name.startswith("demo") else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{settings}")
    if name in AS_OWNER:
        os.environ["PUPITRE_ROLE"] = "owner"
    if name in WITHOUT_DATABASE | WITHOUT_DATABASE_YET:
        _command(name)(rest)
        return
    with database():
        _command(name)(rest)


@contextmanager
def database() -> Iterator[None]:
    """The database answers inside; our own server is stopped after, when nobody else uses it."""
    from pupitre.foundation.postgres.resolve import start_embedded

    cluster = start_embedded(state_folder())
    try:
        yield
    finally:
        if cluster:
            cluster.release()


def _command(name: str) -> Command:
    if name in OURS:
        module, function = OURS[name].split(":")
        found: Command = getattr(import_module(module), function)
        return found
    return lambda rest: _django(name, rest)


def _django(name: str, rest: Sequence[str]) -> None:
    import django
    from django.core.management import ManagementUtility, get_commands

    django.setup()
    if name not in {*get_commands(), "help", "version", "--help", "--version"}:
        raise Refused(f"la commande « {name} » n’existe pas. « pupitre help » les montre toutes.")
    # --traceback makes Django hand its errors over to us instead of printing them its own way.
    trace = ["--traceback"] if name in get_commands() else []
    ManagementUtility(["pupitre", name, *trace, *rest]).execute()


def _line(error: BaseException) -> str:
    """What happened, on one line."""
    text = " ".join(str(error).split())
    # By name: the module of an error that stopped the start cannot be imported again.
    if _ALREADY_CLEAR & {kind.__name__ for kind in type(error).__mro__}:
        return text
    return f"{type(error).__name__} : {text}. Ajoutez --traceback pour voir où."


if __name__ == "__main__":
    sys.exit(main())
