"""Run apart: the head of school writes to 1,500 people through the page; a worker delivers.

`python -m bench.messages.mass ROUNDS RECIPIENTS RESULTS`.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import django

from bench.academy.model import Visitor
from bench.data import visitors_of
from bench.replay.servers import HOST, Server, ask, cores, running
from config.cli import Refused, database
from config.state import state_folder
from config.static import build_static
from pupitre.directory.profiles import Profile

_MOST_SECONDS = 60
_WORDS = (
    "Chers parents,\n\nLe collège ferme vendredi à midi. Les transports sont avancés d’autant.\n\nBien cordialement."
)


def main(rounds: int, recipients: int, results: Path) -> None:
    """Send, wait until everyone has it, and again."""
    django.setup()
    build_static()
    head = next(visitor for visitor in visitors_of(state_folder()) if visitor.role == Profile.HEAD)
    classes, count = _classes(head, recipients)
    accepted, delivered, beside, keys = list[float](), list[float](), list[float](), list[str]()
    command = [sys.executable, "-m", "config.cli", "work"]
    worker = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL)
    try:
        with running("config.cli", ["serve", "--workers", str(cores())], dict(os.environ)) as server:
            # The first ones warm up the server and its worker.
            for number in range(-2, rounds):
                key = str(uuid4())
                empty = _empty(server, head)
                started = time.perf_counter()
                _post(server, head, classes, key)
                taken = time.perf_counter()
                _wait_for(head, key, count)
                if number >= 0:
                    beside.append(empty)
                    accepted.append((taken - started) * 1000)
                    delivered.append(time.perf_counter() - started)
                    keys.append(key)
    finally:
        worker.terminate()
        worker.wait()
    accepted.sort()
    beside.sort()
    facts = {
        "recipients": count, "rounds": rounds, "accepted_p50_ms": accepted[rounds // 2],
        "accepted_p95_ms": accepted[min(rounds - 1, int(rounds * 0.95))], "accepted_worst_ms": accepted[-1],
        # What the machine lets anybody have at the same time: an empty view of the same visitor, alone.
        "empty_p50_ms": beside[rounds // 2], "empty_p95_ms": beside[min(rounds - 1, int(rounds * 0.95))],
        "delivered_p50_seconds": sorted(delivered)[rounds // 2], "delivered_worst_seconds": max(delivered),
        **_kept(head, keys),
    }  # fmt: skip
    results.write_text(json.dumps(facts))


def _classes(head: Visitor, recipients: int) -> tuple[list[str], int]:
    """Classes enough for that many guardians, and how many there are."""
    from pupitre.directory.models import Group
    from pupitre.messaging.audiences import parse_all
    from pupitre.messaging.queries.addressing import count_recipients

    with _inside(head):
        tokens: list[str] = []
        for pk in Group.objects.filter(kind=Group.Kind.DIVISION).order_by("pk").values_list("pk", flat=True):
            tokens.append(f"parents-{pk}")
            count = sum(count_recipients(0, parse_all(tokens)).values())
            if count >= recipients:
                return tokens, count
    raise Refused(f"l’établissement ne compte pas {recipients} responsables.")


def _inside(head: Visitor) -> Any:
    from pupitre.establishments.models import Establishment
    from pupitre.establishments.scope import scope

    return scope(Establishment.objects.get(uai=head.uai).pk)


def _empty(server: Server, head: Visitor) -> float:
    started = time.perf_counter()
    ask(server, "/bench/empty/", cookie=f"pupitre_session={head.session}")
    return (time.perf_counter() - started) * 1000


def _post(server: Server, head: Visitor, classes: list[str], key: str) -> None:
    token = head.session[:32]
    form = {"key": key, "to": classes, "subject": "Fermeture vendredi", "body": _WORDS, "confirmed": "1"}
    headers = {
        "Host": "localhost", "X-Forwarded-Proto": "https", "Referer": "https://localhost/",
        "Cookie": f"pupitre_session={head.session}; pupitre_csrf={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    try:
        body = urlencode({**form, "csrfmiddlewaretoken": token}, doseq=True)
        connection.request("POST", f"/{head.uai}/messages/ecrire/", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 302:
            raise Refused(f"l’envoi répond {answer.status} au lieu de 302.")
    finally:
        connection.close()


def _wait_for(head: Visitor, key: str, count: int) -> None:
    from pupitre.messaging.models import Message

    deadline = time.perf_counter() + _MOST_SECONDS
    while time.perf_counter() < deadline:
        with _inside(head):
            state, done = Message.objects.values_list("state", "delivered_count").get(key=key)
        if state == Message.State.SENT and done == count:
            return
        time.sleep(0.02)
    raise Refused(f"un message n’est pas arrivé à tous en {_MOST_SECONDS} s.")


def _kept(head: Visitor, keys: list[str]) -> dict[str, Any]:
    """How many times words were kept, and how many letters stand for them."""
    from pupitre.messaging.models import MailboxEntry, Message

    with _inside(head):
        messages = list(Message.objects.filter(key__in=keys).values_list("pk", flat=True))
    received = MailboxEntry.objects.filter(message_id__in=messages).exclude(role=MailboxEntry.Role.AUTHOR)
    return {"bodies_kept": len(messages), "letters_received": received.count()}


if __name__ == "__main__":
    with database():
        main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
