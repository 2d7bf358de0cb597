"""The `pupitre` command as it is typed: one clear line in French when it cannot do what was asked, never a trace."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def pupitre(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PUPITRE_", "DJANGO_SETTINGS"))}
    return subprocess.run(
        [sys.executable, "-m", "config.cli", *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a refusal."""
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    [line] = done.stderr.strip().splitlines()
    assert line.startswith("pupitre : ")
    return line


def test_it_says_what_it_can_do(tmp_path: Path):
    done = pupitre("help", PUPITRE_STATE=str(tmp_path))
    assert done.returncode == 0
    assert "import" in done.stdout


def test_a_port_that_is_taken_is_told_with_another(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        # A database is named, so that none is started: the port is looked at first.
        environment = {
            "PUPITRE_STATE": str(tmp_path),
            "PORT": str(port),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1/none",
        }
        line = refused(pupitre("serve", **environment))
    assert f"le port {port} est déjà pris" in line
    assert f"PORT={port + 1}" in line


def test_a_clock_that_cannot_be_read_stops_the_start(tmp_path: Path):
    line = refused(
        pupitre("serve", PUPITRE_STATE=str(tmp_path), PUPITRE_NOW="hier", DATABASE_URL="postgresql://x@127.0.0.1/x")
    )
    assert "2026-11-24T07:55" in line


def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path):
    environment = {"PUPITRE_STATE": str(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    assert "127.0.0.1" in refused(pupitre("serve", "--port", "0", **environment))


@pytest.mark.parametrize("folder", ["secret-key"])
def test_the_secret_is_drawn_once_and_kept_for_its_owner(tmp_path: Path, folder: str):
    from config.state import secret_key

    before, os.environ["SECRET_KEY"] = os.environ.pop("SECRET_KEY", ""), ""
    try:
        drawn = secret_key(tmp_path)
        assert secret_key(tmp_path) == drawn
    finally:
        os.environ["SECRET_KEY"] = before
    assert len(drawn) > 40
    assert (tmp_path / folder).stat().st_mode & 0o777 == 0o600
