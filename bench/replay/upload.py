"""Run apart, in its own state folder: `python -m bench.replay.upload MEGABYTES RESULTS`.

Sends one file in parts while the connection is cut, then another with a plain form, reads the first back, and writes the
memory of the worker and whether every byte is there.
"""

import hashlib
import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.replay.servers import Server, running
from bench.replay.visitor import UAI, Visitor, expect, part_headers, sign_in_someone
from config.cli import database
from config.state import state_folder
from config.static import build_static

MEGA = 1024**2
PART = 5 * MEGA
PIECE = 64 * 1024


def main(megabytes: int, told: Path) -> None:
    """Measure, and write the facts."""
    import django

    django.setup()
    build_static()
    session = sign_in_someone()
    parts, form = _written("parts", megabytes), _written("form", megabytes)
    with running("config.cli", ["serve", "--workers", "1"], dict(os.environ)) as server:
        visitor = Visitor(server, session)
        # What a worker loads once is loaded before it is watched.
        _send(visitor, _written("small", 1), cuts=0)
        with _watched(server) as facts:
            number, again = _send(visitor, parts, cuts=3)
        facts["parts"] |= {"sent_again_mb": round(again / MEGA, 2)}
        with _watched(server, facts, "form"):
            _post(visitor, form)
        with _watched(server, facts, "download"):
            facts["parts"]["is_whole"] = facts["download"]["is_whole"] = _digest_of(visitor, number) == _digest(parts)
        facts["form"]["is_whole"] = _is_stored(_digest(form))
    told.write_text(json.dumps(facts))


@contextmanager
def _watched(server: Server, facts: dict[str, Any] | None = None, step: str = "parts") -> Iterator[dict[str, Any]]:
    """How long a step takes, the memory of the worker before it, and its peak meanwhile, in megabytes."""
    facts = {} if facts is None else facts
    facts[step] = {}
    [worker] = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    Path(f"/proc/{worker}/clear_refs").write_text("5")
    before, started = _memory(worker, "VmRSS"), time.monotonic()
    yield facts
    facts[step] |= {
        "seconds": round(time.monotonic() - started, 2),
        "before_mb": before,
        "peak_mb": _memory(worker, "VmHWM"),
    }


def _memory(worker: str, name: str) -> float:
    status = Path(f"/proc/{worker}/status").read_text()
    [kilobytes] = re.findall(rf"{name}:\s+(\d+) kB", status)
    return round(int(kilobytes) / 1024, 1)


def _send(visitor: Visitor, path: Path, cuts: int) -> tuple[int, int]:
    """Send a file in parts; its number, and how many bytes were sent a second time."""
    size = path.stat().st_size
    upload = visitor.announce(f"{path.name}.bin", size)
    offset = again = 0
    while True:
        with path.open("rb") as file:
            file.seek(offset)
            part = file.read(PART)
        if cuts and offset >= size * (3 - cuts + 1) // 5:
            cuts -= 1
            sent = len(part) // 2
            visitor.cut(upload, offset, part, sent)
            there = _settled(lambda: visitor.offset(upload))
            again += offset + sent - there
            offset = there
            continue
        status, headers, text = visitor.ask("PATCH", upload, part, part_headers(offset))
        expect(status == 204, text.decode())
        offset = int(headers["Upload-Offset"])
        if offset == size:
            return int(headers["Pupitre-File"]), again


def _settled(offset: Callable[[], int]) -> int:
    """The offset, once the server has seen that nobody sends any more."""
    last = -1
    while (found := offset()) != last:
        last = found
        time.sleep(0.3)
    return found


def _post(visitor: Visitor, path: Path) -> None:
    """Send a file with a plain form."""
    head = (
        f'--limit\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{visitor.token}\r\n'
        f'--limit\r\nContent-Disposition: form-data; name="files"; filename="{path.name}.bin"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    tail = b"\r\n--limit--\r\n"

    def body() -> Iterator[bytes]:
        yield head
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
        yield tail

    told = {"Content-Type": "multipart/form-data; boundary=limit"}
    told["Content-Length"] = str(len(head) + path.stat().st_size + len(tail))
    status, _headers, _text = visitor.ask("POST", f"/{UAI}/fichiers/deposer/", body(), told)
    expect(status == 302, f"le formulaire répond {status}")


def _written(name: str, megabytes: int) -> Path:
    """A file that cannot be compressed."""
    path = state_folder() / name
    drawn = random.Random(name)
    with path.open("wb") as file:
        for _megabyte in range(megabytes):
            file.write(drawn.randbytes(MEGA))
    return path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_of(visitor: Visitor, number: int) -> str:
    status, _headers, body = visitor.ask("GET", f"/{UAI}/fichiers/{number}/")
    expect(status == 200, f"le fichier répond {status}")
    return hashlib.sha256(body).hexdigest()


def _is_stored(digest: str) -> bool:
    from pupitre.establishments.models import Establishment
    from pupitre.establishments.scope import scope
    from pupitre.files.models import Blob
    from pupitre.files.shelf import pieces

    with scope(Establishment.objects.get(uai=UAI).pk):
        key = Blob.objects.get(sha256=digest).key
    seen = hashlib.sha256()
    for piece in pieces(key):
        seen.update(piece)
    return seen.hexdigest() == digest


if __name__ == "__main__":
    with database():
        main(int(sys.argv[1]), Path(sys.argv[2]))
