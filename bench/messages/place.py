"""One school of some 1,500 students whose teachers have full mailboxes, in a database made for this measure.

Run apart, as its owner: `python -m bench.messages.place LETTERS`.
"""

import subprocess
import sys
from pathlib import Path

from bench.place import environment
from config.cli import Refused, database
from config.state import state_folder
from pupitre.directory.profiles import Profile
from pupitre.foundation.postgres.cluster import Cluster

CLASSES, USUAL_LETTERS = 60, 200


def place_for_messages() -> Path:
    """The state folder of this measure."""
    return state_folder() / "bench" / "messages"


def prepare(letters: int) -> Path:
    """Make the database again; its state folder."""
    place = place_for_messages()
    cluster = Cluster(place)
    if cluster.data.exists():
        cluster.wipe()
    run("config.cli", "migrate", "--verbosity=0", as_owner=True)
    run("bench.messages.place", str(letters), as_owner=True)
    return place


def run(module: str, *arguments: str, as_owner: bool = False) -> None:
    """Run one of our programs to its end. Raises Refused when it fails."""
    surroundings = environment(place_for_messages(), as_owner=as_owner)
    done = subprocess.run([sys.executable, "-m", module, *arguments], env=surroundings, check=False)
    if done.returncode:
        raise Refused(f"« {module} » s’est arrêté ({done.returncode}) : voir ce qu’il a écrit ci-dessus.")


def _fill(letters: int) -> None:
    """The school, one teacher with that many letters, the others with the usual number."""
    import django
    import psycopg

    django.setup()
    from django.conf import settings

    from bench.academy.build import browsing, build_academy
    from bench.academy.letters import add_letters
    from bench.data import keep_visitors

    with psycopg.connect(settings.OWNER_URL, autocommit=True) as connection:
        visitors = build_academy(
            connection, schools=1, seed=1, tell=lambda _done: None, divisions=(CLASSES,), letters=0
        )
        people = browsing(connection, [visitor for visitor in visitors if visitor.role == Profile.TEACHER])
        add_letters(connection, people[:1], letters)
        add_letters(connection, people[1:], USUAL_LETTERS)
        connection.execute("vacuum (freeze, analyze)")
    keep_visitors(state_folder(), visitors)


if __name__ == "__main__":
    with database():
        _fill(int(sys.argv[1]))
