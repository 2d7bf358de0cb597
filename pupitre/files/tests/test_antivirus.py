"""The antivirus: a real clamd with a signature of ours; silent, it lets nothing through."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from pupitre.files import antivirus
from pupitre.files.models import Blob, StoredFile
from pupitre.files.services.attaching import attach
from pupitre.files.services.housekeeping import tidy_school
from pupitre.files.tests.senders import MEGA, picture, stored_in
from pupitre.foundation.models import AuditEntry

CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
# Ours, so that no virus is ever written in this house.
VIRUS = b"PUPITRE-VIRUS-D-ESSAI-7f3a"
needs_clamd = pytest.mark.skipif(CLAMD is None, reason="clamd is not installed: apt-get install clamav-daemon")


@pytest.fixture(scope="session")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A clamd of the tests, which knows one virus."""
    assert CLAMD
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "pupitre.ndb").write_text(f"Pupitre.Essai:0:*:{VIRUS.hex()}\n")
    # A path of a socket holds about a hundred letters.
    place = Path("/tmp") / f"pupitre-clamd-{os.getpid()}.sock"  # noqa: S108
    conf = folder / "clamd.conf"
    conf.write_text(
        f"LocalSocket {place}\nDatabaseDirectory {folder}\nForeground yes\nStreamMaxLength 60M\nLogFile {folder}/log\n"
        + ("User root\n" if os.geteuid() == 0 else "")
    )
    running = subprocess.Popen(
        [CLAMD, "--config-file", str(conf)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _attempt in range(300):
            if place.exists():
                break
            assert running.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        yield str(place)
    finally:
        running.terminate()
        running.wait()
        place.unlink(missing_ok=True)


@pytest.fixture
def looking(daemon, settings) -> str:
    """The antivirus of the tests looks at what comes in."""
    settings.CLAMD = daemon
    return daemon


@pytest.fixture
def silent(settings) -> None:
    """The antivirus does not answer."""
    settings.CLAMD = "/nowhere/clamd.sock"


def text_of(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@needs_clamd
def test_a_clean_file_is_marked_as_looked_at(teacher, looking):
    assert teacher.send("photo.jpg", picture()).state == Blob.State.SCANNED


@needs_clamd
@pytest.mark.parametrize("way", ["in parts", "with a form"])
def test_an_infected_file_is_refused_and_nothing_of_it_stays(teacher, looking, storage, way):
    content = b"x" * 1000 + VIRUS
    if way == "in parts":
        upload = teacher.announce("jeu.zip", len(content))["Location"]
        answer = teacher.part(upload, 0, content)
        assert teacher.client.head(upload).status_code == 404
    else:
        answer = teacher.deposit(("jeu.zip", content))
    assert answer.status_code == 422
    assert "L’antivirus a trouvé un virus dans « jeu.zip » : le fichier a été effacé" in text_of(answer)
    assert not StoredFile.objects.exists()
    assert stored_in(storage) == []
    assert AuditEntry.objects.get(verb="files.refuse").detail == {"why": "Infected"}


@needs_clamd
def test_the_end_of_a_large_file_is_looked_at_too(looking, tmp_path):
    large = tmp_path / "large"
    large.write_bytes(os.urandom(20 * MEGA) + VIRUS)
    with large.open("rb") as content:
        assert antivirus.find_virus(content) == "Pupitre.Essai.UNOFFICIAL"


@needs_clamd
def test_what_is_larger_than_clamd_takes_is_not_taken_for_clean(looking, tmp_path):
    large = tmp_path / "large"
    with large.open("wb") as content:
        content.truncate(61 * MEGA)
    with large.open("rb") as content, pytest.raises(antivirus.AntivirusDown):
        antivirus.find_virus(content)


def test_while_the_antivirus_is_silent_a_file_is_kept_and_opened_by_nobody(teacher, silent, caplog):
    file = teacher.send("photo.jpg", picture())
    assert (file.state, file.blob.preview) == (Blob.State.PENDING, "")
    answer = teacher.get("open", file.pk)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "« photo.jpg » attend l’antivirus, qui ne répond pas" in text_of(answer)
    assert "clamd does not answer" in caplog.text


@needs_clamd
def test_a_file_that_waited_is_looked_at_when_it_is_opened(teacher, settings, silent, daemon):
    content = picture()
    file = teacher.send("photo.jpg", content)
    settings.CLAMD = daemon
    assert teacher.get("open", file.pk).body == content
    assert (teacher.file(file.pk).state, teacher.get("preview", file.pk).status_code) == (Blob.State.SCANNED, 200)


@needs_clamd
def test_a_file_that_waited_and_is_infected_is_blocked_for_everyone(
    teacher, student, settings, silent, daemon, storage
):
    file = teacher.send("jeu.zip", VIRUS)
    attach(upload_ids=[file.pk], target=teacher.cast.groups["4B"], actor=teacher.actor)
    settings.CLAMD = daemon
    with teacher.committed(execute=True):
        tidied = tidy_school()
    assert tidied.waiting == 0
    assert student.get("open", file.pk).status_code == 410
    assert stored_in(storage) == []
    assert "Bloqué : un virus s’y trouve" in text_of(teacher.get("mine"))
    assert AuditEntry.objects.get(verb="files.block").establishment_id == teacher.cast.college.pk
    # Known by now: sent again, it is refused without asking.
    settings.CLAMD = ""
    assert "a trouvé un virus dans « encore.zip »" in text_of(teacher.deposit(("encore.zip", VIRUS)))


@pytest.mark.parametrize("answered", [b"", b"stream: OK", b"UNKNOWN COMMAND\0"], ids=["nothing", "half", "nonsense"])
def test_a_daemon_that_says_anything_else_than_ok_has_not_looked(settings, tmp_path, answered):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        settings.CLAMD = f"127.0.0.1:{server.getsockname()[1]}"

        def answer() -> None:
            caller, _address = server.accept()
            with caller:
                while caller.recv(65536)[-4:] != b"\0\0\0\0":
                    pass
                caller.sendall(answered)

        thread = Thread(target=answer)
        thread.start()
        file = tmp_path / "file"
        file.write_bytes(b"x")
        with file.open("rb") as content, pytest.raises(antivirus.AntivirusDown):
            antivirus.find_virus(content)
        thread.join()
