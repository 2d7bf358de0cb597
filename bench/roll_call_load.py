"""Run apart: the roll call at the hour when everyone calls it, while home pages saturate the server.

`python -m bench.roll_call_load SECONDS RESULTS`, in the environment of a prepared academy. Two servers, as in production:
one for the whole house, which yields the processor (`nice`), and one for the registers, with its own workers and its own
connections. Measured alone, then while home pages are asked for without end; then a worker is killed with kill -9 among
the marks, and every mark that was acknowledged is looked for in the database.
"""

import http.client
import json
import os
import re
import signal
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from bench.data import visitors_of
from bench.place import NOW
from bench.replay.cpu import family, processes
from bench.replay.load import burst, write_requests
from bench.replay.pages import HOME, PAGES, requests_for
from bench.replay.servers import HOST, Server, running
from config.cli import database, say
from config.state import state_folder
from pupitre.directory.profiles import Profile

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "Origin": "https://localhost", "Accept-Language": "fr"}
CALLERS, VISITORS, YIELDS = 4, 64, 15
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Register:
    """A register going on, and whoever takes it."""

    path: str
    session: str
    students: tuple[int, ...]


@dataclass(slots=True)
class Heard:
    """What the callers heard: milliseconds by gesture, gestures that were acknowledged by student, errors met."""

    times: dict[str, list[float]] = field(default_factory=lambda: {"open": [], "mark": [], "take": []})
    acknowledged: set[str] = field(default_factory=set)
    errors: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Caller:
    """A teacher's browser: it opens a register, marks students one by one, takes it; what fails is sent again."""

    def __init__(self, server: Server, register: Register, heard: Heard) -> None:
        self.server, self.register, self.heard = server, register, heard
        self.csrf, self.token = "", ""

    def call(self, *, insist: bool = False) -> None:
        """One roll call: three students, then the whole."""
        page = self._ask("GET", self.register.path, "open", insist=insist)
        found = _TOKEN.search(page)
        self.token = found[1].decode() if found else self.token
        bases = {int(pk): int(version) for pk, version in re.findall(rb'name="b(\d+)" value="(\d+)\.', page)}
        for student in self.register.students[:3]:
            state = "absent" if bases.get(student, 0) % 2 == 0 else "present"
            self._mark(student, state, bases.get(student, 0), insist=insist)
        self._post({"marks": [], "finish": True}, "take", insist=insist)

    def _mark(self, student: int, state: str, base: int, *, insist: bool) -> None:
        key = str(uuid.uuid4())
        mark = {"key": key, "student": student, "state": state, "base": base, "told_at": _milliseconds()}
        answer = json.loads(self._post({"marks": [mark], "finish": False}, "mark", insist=insist) or b"{}")
        if any(each["fate"] in ("saved", "same") for each in answer.get("results", [])):
            with self.heard.lock:
                self.heard.acknowledged.add(key)

    def _post(self, body: dict[str, Any], gesture: str, *, insist: bool) -> bytes:
        sent = json.dumps({"sent_at": _milliseconds(), **body})
        return self._ask("POST", f"{self.register.path}eleves/", gesture, sent, insist=insist)

    def _ask(self, method: str, path: str, gesture: str, body: str = "", *, insist: bool) -> bytes:
        for _attempt in range(60 if insist else 1):
            started = time.monotonic()
            try:
                answer = self._once(method, path, body)
            except (OSError, http.client.HTTPException):
                with self.heard.lock:
                    self.heard.errors += 1
                time.sleep(0.1)
                continue
            with self.heard.lock:
                self.heard.times[gesture].append(1000 * (time.monotonic() - started))
            return answer
        return b""

    def _once(self, method: str, path: str, body: str) -> bytes:
        headers = {**_HEADERS, "Cookie": f"pupitre_session={self.register.session}; pupitre_csrf={self.csrf}"}
        if method == "POST":
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.token}
        connection = http.client.HTTPConnection(HOST, self.server.port, timeout=30)
        try:
            connection.request(method, path, body=body or None, headers=headers)
            response = connection.getresponse()
            answer = response.read()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie" and value.startswith("pupitre_csrf="):
                    self.csrf = value.partition(";")[0].partition("=")[2]
            if response.status != 200:
                raise http.client.HTTPException(f"{response.status}: {answer[:200]!r}")
            return answer
        finally:
            connection.close()


def main(seconds: float, results: Path) -> None:
    """Measure, and write the facts."""
    django.setup()
    from config.static import build_static

    build_static()
    registers = _registers()
    say(f"  {len(registers)} appels en cours")
    with ExitStack() as stack:
        environment = dict(os.environ)
        house = stack.enter_context(
            running("bench.yielding", [str(YIELDS), "config.cli", "serve", "--workers", "2"], environment)
        )
        rolls = stack.enter_context(running("config.cli", ["serve", "--workers", "2"], environment))
        alone = _called(rolls, registers, seconds)
        folder = Path(stack.enter_context(TemporaryDirectory()))
        with _saturated(house, folder, seconds + 5):
            busy = _called(rolls, registers, seconds)
        killed = _killed(rolls, registers, seconds)
    facts = {
        "registers": len(registers),
        "alone": _spreads(alone),
        "saturated": _spreads(busy),
        "p95_ratio": round(_p95(busy) / _p95(alone), 2),
        "errors": alone.errors + busy.errors,
        "kill": killed,
    }
    results.write_text(json.dumps(facts))


def _registers() -> list[Register]:
    """The registers that teachers with an open session have to take now."""
    import datetime as dt

    from pupitre.accounts.models import Session
    from pupitre.attendance.models import RollCall
    from pupitre.attendance.services.preparing import prepare_registers
    from pupitre.directory.models import Person
    from pupitre.establishments.models import Establishment
    from pupitre.establishments.scope import scope

    now = dt.datetime.fromisoformat(NOW)
    found = []
    for visitor in visitors_of(state_folder()):
        if visitor.role != Profile.TEACHER:
            continue
        user = Session.objects.get(session_key=visitor.session).user_id
        person = Person.objects.get(user=user).pk
        with scope(Establishment.objects.get(uai=visitor.uai).pk):
            prepare_registers(now.date())
            mine = RollCall.objects.filter(
                held_on=now.date(), teacher_ids__contains=[person], starts_at__lte=now.time()
            )
            for register in mine.order_by("-starts_at")[:1]:
                path = f"/{visitor.uai}/appel/{register.pk}/"
                found.append(Register(path, visitor.session, tuple(register.student_ids)))
    return found


def _called(server: Server, registers: Sequence[Register], seconds: float, *, insist: bool = False) -> Heard:
    """Callers who call the roll one register after the other, for so long."""
    heard, until = Heard(), time.monotonic() + seconds

    def work(mine: Sequence[Register]) -> None:
        while time.monotonic() < until:
            for register in mine:
                if time.monotonic() >= until:
                    return
                try:
                    Caller(server, register, heard).call(insist=insist)
                except ValueError:
                    with heard.lock:
                        heard.errors += 1
                time.sleep(_PAUSE)

    threads = [threading.Thread(target=work, args=(registers[place::CALLERS],)) for place in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


@contextmanager
def _saturated(house: Server, folder: Path, seconds: float) -> Iterator[None]:
    """Home pages asked for without end, by as many visitors as the workers can serve and more."""
    path = folder / "homes.txt"
    page = next(page for page in PAGES if page.key == HOME)
    write_requests(path, requests_for(page, visitors_of(state_folder())))
    thread = threading.Thread(target=burst, args=(house.url, path), kwargs={"visitors": VISITORS, "seconds": seconds})
    thread.start()
    time.sleep(2)
    yield
    thread.join()


def _killed(server: Server, registers: Sequence[Register], seconds: float) -> dict[str, Any]:
    """A worker is killed among the marks, twice; every mark that was acknowledged is looked for."""
    killer = threading.Thread(target=_kill_two, args=(server, seconds))
    killer.start()
    heard = _called(server, registers, seconds, insist=True)
    killer.join()
    return {
        "acknowledged": len(heard.acknowledged),
        "retried": heard.errors,
        "lost": len(heard.acknowledged - _written()),
    }


def _kill_two(server: Server, seconds: float) -> None:
    for _time in range(2):
        time.sleep(seconds / 3)
        children = sorted(family([server.pid], processes()) - {server.pid})
        if children:
            os.kill(children[-1], signal.SIGKILL)


def _written() -> set[str]:
    """The key of every mark of the database, present or past."""
    from pupitre.attendance.models import PastVersion, RollMark
    from pupitre.establishments.models import Establishment
    from pupitre.establishments.scope import scope

    found: set[str] = set()
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            found.update(RollMark.objects.values_list("key", flat=True))
            found.update(PastVersion.objects.filter(table="rollmark").values_list("key", flat=True))
    return found


def _spreads(heard: Heard) -> dict[str, dict[str, float]]:
    return {
        name: {"count": len(times), "p50_ms": _at(times, 0.5), "p95_ms": _at(times, 0.95)}
        for name, times in heard.times.items()
    }


def _p95(heard: Heard) -> float:
    return _at([each for times in heard.times.values() for each in times], 0.95)


def _at(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2) if ordered else 0.0


def _milliseconds() -> float:
    """The clock of the device: the benchmark's own, which the server shares."""
    from pupitre.foundation import clock

    return clock.now().timestamp() * 1000


if __name__ == "__main__":
    with database():
        main(float(sys.argv[1]), Path(sys.argv[2]))
