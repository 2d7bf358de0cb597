"""What the demonstration lets its visitors have called: itself, at its own port."""

import json
import os
import subprocess
import sys

import pytest

_ASKED = "import json; from config.settings.demo import OUTSIDE_TRUSTED_HOSTS as found; print(json.dumps(found))"


@pytest.mark.parametrize(
    ("environment", "trusted"),
    [
        ({}, ["127.0.0.1:8000"]),
        ({"PORT": "8123"}, ["127.0.0.1:8123"]),
        ({"PUPITRE_URL": "https://Demo.exemple.fr", "PORT": "8123"}, ["demo.exemple.fr:443"]),
        ({"PUPITRE_URL": "http://[::1]:8123/"}, ["[::1]:8123"]),
        ({"PUPITRE_URL": "http://127.0.0.1", "PUPITRE_TRUSTED_HOSTS": "moodle.lan"}, ["moodle.lan", "127.0.0.1:80"]),
    ],
)
def test_no_other_port_of_its_machine_is_called(tmp_path, environment, trusted):
    kept = {name: value for name, value in os.environ.items() if name != "PORT" and not name.startswith("PUPITRE_")}
    done = subprocess.run(
        [sys.executable, "-c", _ASKED],
        env={**kept, "PUPITRE_STATE": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == trusted
