"""The launcher, on servers of its own."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pupitre.foundation.postgres import binaries, process, resolve
from pupitre.foundation.postgres.binaries import PostgresError
from pupitre.foundation.postgres.cluster import Cluster
from pupitre.foundation.postgres.roles import APPLICATION, DATABASE, OWNER, ensure_database, prepare_database
from pupitre.foundation.postgres.user import ServerUser


@pytest.fixture(scope="module")
def module_state() -> Iterator[Path]:
    # Not pytest's own folder, which another account may not enter.
    with tempfile.TemporaryDirectory(prefix="pupitre-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def prepared(module_state: Path) -> Cluster:
    cluster = Cluster(module_state, careless=True)
    cluster.start()
    ensure_database(cluster)
    cluster.release()
    return cluster


@pytest.fixture
def cluster(prepared: Cluster) -> Iterator[Cluster]:
    prepared.start()
    yield prepared
    prepared.release()


def as_role(cluster: Cluster, role: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(cluster.url(role, DATABASE), autocommit=True)


def test_the_last_user_stops_the_server_and_no_other(cluster: Cluster, module_state: Path) -> None:
    other = Cluster(module_state, careless=True)
    other.start()
    assert not cluster.release()
    assert other.alive()
    assert other.release()
    assert not other.alive()


def test_a_user_that_was_killed_does_not_keep_the_server(cluster: Cluster, module_state: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from pupitre.foundation.postgres.cluster import Cluster;"
        f"Cluster(Path({str(module_state)!r}), careless=True).start(); print('ready', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as user:
        assert user.stdout
        assert user.stdout.readline() == "ready\n"
        user.kill()
    assert cluster.release()


def test_what_was_committed_survives_a_killed_server(module_state: Path) -> None:
    cluster = Cluster(module_state / "careful")
    cluster.start()
    ensure_database(cluster)
    with cluster.connect(DATABASE) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (1)")
        pid = process.postmaster(cluster.data)
        assert pid
        os.kill(pid, signal.SIGKILL)
    cluster.release()
    cluster.start()
    with cluster.connect(DATABASE) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1,)
    cluster.wipe()


def test_a_pid_given_to_somebody_else_is_neither_believed_nor_signalled(cluster: Cluster) -> None:
    cluster.release()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n")
        assert process.postmaster(cluster.data) is None
        cluster.start()
        assert cluster.alive()
        assert stranger.poll() is None
        stranger.kill()


def test_several_starts_at_once_make_one_server(prepared: Cluster, module_state: Path) -> None:
    code = (
        "import time; from pathlib import Path; from pupitre.foundation.postgres.cluster import Cluster;"
        "from pupitre.foundation.postgres.process import postmaster;"
        f"c = Cluster(Path({str(module_state)!r}), careless=True); c.start(); print(postmaster(c.data), flush=True);"
        "input(); c.release()"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    servers = {start.stdout.readline().strip() for start in starts if start.stdout}
    for start in starts:
        start.communicate("\n")
    assert len(servers) == 1
    assert not prepared.alive()


def test_several_first_starts_at_once_make_one_database(module_state: Path) -> None:
    code = (
        "from pathlib import Path; from pupitre.foundation.postgres.resolve import start_embedded;"
        f"start_embedded(Path({str(module_state / 'first')!r}), careless=True).release()"
    )
    keeper = Cluster(module_state / "first", careless=True)
    keeper.start()
    starts = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) for _ in range(4)]
    told = [start.communicate()[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0, 0], told
    with keeper.connect(DATABASE) as connection:
        assert connection.execute("select count(*) from pg_extension where extname = 'unaccent'").fetchone() == (1,)
    keeper.wipe()


def test_wiping_waits_until_nobody_uses_the_data(cluster: Cluster, module_state: Path) -> None:
    other = Cluster(module_state, careless=True)
    with pytest.raises(PostgresError, match="encore ouvert"):
        other.wipe()
    assert cluster.alive()


def test_a_path_too_long_for_a_socket_gets_a_short_one(module_state: Path) -> None:
    cluster = Cluster(module_state / ("long" * 30), careless=True)
    cluster.start()
    assert cluster.alive()
    assert cluster.socket != cluster.data
    cluster.wipe()
    assert not cluster.data.exists()
    cluster.socket.rmdir()


def test_programs_out_of_reach_are_copied_once(module_state: Path) -> None:
    found = binaries.find_binaries()
    if not found.roots:
        pytest.skip("the system's PostgreSQL is used")
    copied = found.copied_to(module_state)
    assert copied.folder.is_relative_to(module_state)
    shown = subprocess.run([copied.folder / "initdb", "--version"], capture_output=True, text=True, check=True)
    assert str(copied.major) in shown.stdout
    before = copied.folder.stat().st_ino
    assert found.copied_to(module_state).folder.stat().st_ino == before


def test_the_system_s_postgresql_serves_too(module_state: Path) -> None:
    system = next(iter(binaries.in_system()), None)
    if system is None:
        pytest.skip("no PostgreSQL in /usr/lib/postgresql")
    cluster = Cluster(module_state / "system", binaries=system, careless=True)
    cluster.start()
    ensure_database(cluster)
    with cluster.connect(DATABASE) as connection:
        assert connection.info.server_version // 10000 == system.major
    cluster.wipe()


def test_without_any_postgresql_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path)
    monkeypatch.setattr(binaries, "find_spec", lambda _name: None)
    with pytest.raises(PostgresError, match="DATABASE_URL"):
        binaries.find_binaries()


def test_a_folder_closed_to_the_server_s_account_is_out_of_reach(tmp_path: Path) -> None:
    stranger = ServerUser(uid=54321, gid=54321, switches=True)
    tmp_path.chmod(0o700)
    assert not stranger.can_reach(tmp_path / "state")
    assert stranger.can_reach(Path("/usr/bin"))


def test_the_application_owns_nothing_and_cannot_step_over_the_walls(cluster: Cluster) -> None:
    with as_role(cluster, OWNER) as owner, as_role(cluster, APPLICATION) as application:
        owner.execute("create table thing (n int)")
        application.execute("insert into thing values (1)")
        for forbidden in ("drop table thing", "truncate thing", "create table other (n int)", "create role other"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(forbidden)
        owner.execute("alter table thing enable row level security")
        assert application.execute("select count(*) from thing").fetchone() == (0,)
        rights = "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"
        assert application.execute(rights).fetchone() == (False, False, False, False)
        owner.execute("drop table thing")


def test_the_database_reads_french(cluster: Cluster) -> None:
    with as_role(cluster, APPLICATION) as application:
        found = application.execute(
            "select to_tsvector('fr', 'Réunion des élèves') @@ plainto_tsquery('fr', 'reunions eleve'),"
            " upper('élève'), similarity('Lefèvre', 'Lefevre') > 0.3, current_setting('jit')"
        ).fetchone()
    assert found == (True, "ÉLÈVE", True, "off")


def test_the_owner_may_prepare_a_database_again(cluster: Cluster) -> None:
    with as_role(cluster, OWNER) as owner:
        prepare_database(owner, OWNER, APPLICATION)


def test_a_warm_start_takes_a_moment(cluster: Cluster) -> None:
    cluster.release()
    started = time.monotonic()
    cluster.start()
    assert time.monotonic() - started < 10


def test_the_environment_decides_before_us(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:secret@db.example.org:6432/ent?sslmode=require")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    application, owner = resolve.database_urls(tmp_path)
    assert application == owner
    assert resolve.start_embedded(tmp_path) is None
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db.example.org/ent")
    assert resolve.database_urls(tmp_path)[1] == "postgresql://owner@db.example.org/ent"
    assert resolve.django_database(application) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "ent",
        "USER": "app",
        "PASSWORD": "secret",
        "HOST": "db.example.org",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }
