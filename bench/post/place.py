"""Schools whose families have addresses, in a database made for this measure."""

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.place import environment
from config.cli import Refused
from config.state import state_folder
from pupitre.foundation.postgres.cluster import Cluster

SCHOOLS = 20
FRIDAY_EVENING, MONDAY_MORNING, TUESDAY = "2026-11-27T21:00", "2026-11-30T08:00:01", "2026-11-24T10:20"

# One guardian and one child a notice; the account of each guardian is open and has an address.
_FILL = """
insert into establishments_establishment (uai, name, short_name, town, kind, academy, zone, timezone, half_day_cut, is_open)
select '099' || lpad(n::text, 4, '0') || 'A', 'Collège ' || n, 'Collège ' || n, '', 'college', '15', 'B', 'Europe/Paris',
  '12:30', true from generate_series(1, %(schools)s) n;
insert into accounts_user (id, password, username, display_name, email, state, is_staff_account, created_at)
select n, '!', 'parent' || n, 'Parent ' || n, 'parent' || n || '@famille.invalid', 'active', false, now()
from generate_series(1, %(people)s) n;
insert into directory_person (id, last_name, usage_name, first_name, display_name, formal_name, sort_key, sex, email, mobile,
  phone, accepts_sms, is_organisation, user_id)
select n, 'PARENT' || n, '', 'Camille', 'Camille Parent' || n, 'Mme Parent' || n, 'parent' || n, 'F', '', '', '', false,
  false, n from generate_series(1, %(people)s) n
union all select %(people)s + n, 'ENFANT' || n, '', 'Enfant' || n, 'Enfant' || n, 'Enfant' || n, 'enfant' || n, '', '', '',
  '', false, false, null from generate_series(1, %(people)s) n;
insert into directory_affiliation (person_id, establishment_id, profile, function, source, starts_on)
select n, e.id, 'guardian', '', 'bench', '2026-09-01' from generate_series(1, %(people)s) n
join (select id, row_number() over (order by id) - 1 as place from establishments_establishment) e
  on e.place = n %% %(schools)s;
insert into directory_guardianship (establishment_id, student_id, guardian_id, level, relation, pays_fees, lodges,
  contact_first, is_restricted, source, starts_on)
select a.establishment_id, %(people)s + a.person_id, a.person_id, 1, '', false, false, false, false, 'bench', '2026-09-01'
from directory_affiliation a
"""


def place_for_post() -> Path:
    """The state folder of this measure."""
    return state_folder() / "bench" / "post"


def prepare(people: int) -> None:
    """Make the database again, with that many guardians."""
    place = place_for_post()
    cluster = Cluster(place)
    if cluster.data.exists():
        cluster.wipe()
    run("config.cli", "migrate", "--verbosity=0", as_owner=True)
    run("bench.post.steps", "fill", str(people), as_owner=True)


def fill(people: int) -> None:
    """Run apart, as the owner: the rows."""
    import psycopg
    from django.conf import settings

    with psycopg.connect(settings.OWNER_URL, autocommit=True) as connection:
        for statement in _FILL.split(";\n"):
            connection.execute(
                psycopg.ClientCursor(connection).mogrify(statement, {"schools": SCHOOLS, "people": people})
            )
        connection.execute("vacuum (analyze)")


def surroundings(now: str, *, as_owner: bool = False, since: float | None = None) -> dict[str, str]:
    """What a process is started with: its clock reads `now` at the instant `since` of the world."""
    clock = {"PUPITRE_NOW": now, "PUPITRE_NOW_SINCE": str(since or time.time())}
    return {**environment(place_for_post(), as_owner=as_owner), **clock}


def run(module: str, *arguments: str, now: str = TUESDAY, as_owner: bool = False) -> None:
    """Run one of our programs to its end. Raises Refused when it fails."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=surroundings(now, as_owner=as_owner), check=False)
    if done.returncode:
        raise Refused(f"« {module} » s’est arrêté ({done.returncode}) : voir ce qu’il a écrit ci-dessus.")


def start(*arguments: str, now: str, since: float, **more: str) -> "subprocess.Popen[bytes]":
    """Start a `pupitre` command that stays."""
    command = [sys.executable, "-m", "config.cli", *arguments]
    return subprocess.Popen(command, env={**surroundings(now, since=since), **more}, stdout=subprocess.DEVNULL)


def resident_mb(pid: int) -> float:
    """The memory of a process and of its children, what they share counted once (PSS), in MB."""
    total = 0.0
    for each in (pid, *_children(pid)):
        lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def _children(pid: int) -> list[int]:
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parent = int(Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            if parent == pid:
                found.append(int(entry))
    return found
