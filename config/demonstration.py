"""`pupitre demo`: a region of invented people, ready to be visited; `pupitre demo-reset` begins it again."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from config.cli import Refused, database, say
from config.companions import beside
from config.migration import is_up_to_date, migrate_apart
from config.server import address, parse, run
from config.state import state_folder
from config.static import build_static

# Kept in the state folder, so that a demonstration is never poured into, nor erased from, a database of real people.
BEGUN, BUILT = "begun", "built"


def demo(arguments: Sequence[str]) -> None:
    """Bring the demonstration up to date, build its region the first time, and serve it until Ctrl-C."""
    import django

    os.environ["PUPITRE_DEMO"] = "1"
    options = parse("demo", arguments)
    # Addresses that are written down (mails, the tools that the demonstration plays) say where it is opened this time.
    os.environ["PORT"] = str(options.port)
    django.setup()
    if not is_up_to_date():
        say("La base se prépare…")
        migrate_apart()
    build_static()
    build_region()
    follow_the_port()
    # What pages ask to be done later is done beside them.
    with beside("work"):
        run(options, when_ready=lambda: _introduce(address(options)))


def reset(arguments: Sequence[str]) -> None:
    """Delete the demonstration, then open a new one."""
    from pupitre.foundation.postgres.cluster import Cluster
    from pupitre.foundation.postgres.resolve import is_external

    state, mark = state_folder(), _mark()
    if is_external():
        raise Refused(
            "DATABASE_URL désigne une base que Pupitre n’a pas créée. Videz-la vous-même, puis « make demo »."
        )
    cluster = Cluster(state)
    if cluster.data.exists():
        if not mark.exists():
            raise Refused(f"la base de {state} n’est pas une démonstration : elle n’est pas effacée.")
        cluster.wipe()
    for left in ("files", "mail"):
        shutil.rmtree(state / left, ignore_errors=True)
    mark.unlink(missing_ok=True)
    with database():
        demo(arguments)


def build_region() -> None:
    """Import the national files of the invented region, unless it is there. Begun again when it was interrupted."""
    from demo.build import build_region as build
    from demo.build import write_letters
    from pupitre.establishments.models import Establishment

    mark, is_empty = _mark(), not Establishment.objects.exists()
    if not is_empty and not mark.exists():
        raise Refused(
            "cette base contient déjà des établissements qui ne sont pas ceux de la démonstration. "
            "Choisissez un autre dossier, par exemple PUPITRE_STATE=/tmp/demo."
        )
    if not is_empty and mark.read_text() == BUILT:
        return
    mark.write_text(BEGUN)
    say("La région de démonstration se construit…")
    build(lambda step: say(f"  {step}"))
    write_letters(lambda step: say(f"  {step}"))
    mark.write_text(BUILT)


def follow_the_port() -> None:
    """Have the tools that the demonstration plays stand where it is opened this time."""
    from demo.stands.moving import follow

    follow()


def _mark() -> Path:
    return state_folder() / "demo"


def _introduce(home: str) -> None:
    from demo.cast import CAST

    say(f"\nPupitre est ouvert : {home}")
    say(f"Entrez sans mot de passe en choisissant qui vous êtes : {home}demo/\n")
    width = max(len(member.name) for member in CAST)
    for member in CAST:
        say(f"  {member.name:<{width}}  {member.role}")
    say("\nCtrl-C pour l’arrêter.")
