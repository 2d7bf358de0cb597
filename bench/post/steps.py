"""Run apart: `python -m bench.post.steps STEP …`, each on the clock that its measure needs."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.post.place import SCHOOLS
from config.cli import database

ROUNDS = 15


def accept(told: str, recipients: str) -> None:
    """How long a message to a whole school takes to be accepted, commit included."""
    from django.db import transaction

    from pupitre.notifications.services.posting import notify

    people = _by_school(int(recipients) * SCHOOLS)[1]
    taken = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        with transaction.atomic():
            notify("messaging.message", people, establishment_id=1, title="Sortie au musée", url="/")
        taken.append((time.perf_counter() - started) * 1000)
    _tell(
        told,
        {"recipients": len(people), "rounds": ROUNDS, "p50_ms": sorted(taken)[ROUNDS // 2], "worst_ms": max(taken)},
    )
    _forget()


def hold(told: str, notices: str) -> None:
    """Everything held since Friday evening, and where it falls in the hour of Monday."""
    from pupitre.foundation import clock
    from pupitre.notifications.models import Notification
    from pupitre.notifications.quiet_hours import PARIS
    from pupitre.notifications.services.posting import notify

    started = time.perf_counter()
    for school, people in _by_school(int(notices)).items():
        notify("messaging.to_answer", people, establishment_id=school, title="Réunion de jeudi", url="/")
    taken = time.perf_counter() - started
    minutes = Counter(
        at.astimezone(PARIS).strftime("%H:%M") for at in Notification.objects.values_list("visible_at", flat=True)
    )
    facts = {
        "notices": sum(minutes.values()), "written_seconds": taken, "visible_now": _visible(clock.now()),
        "first_minute": min(minutes), "last_minute": max(minutes), "minutes": len(minutes),
        "fewest_a_minute": min(minutes.values()), "most_a_minute": max(minutes.values()),
    }  # fmt: skip
    _tell(told, facts)


def counted(told: str) -> None:
    """What became of everything."""
    from django.db.models import Count

    from pupitre.notifications.models import Envelope, Notification

    states = {row["state"]: row["n"] for row in Envelope.objects.values("state").annotate(n=Count("pk"))}
    facts = {
        "states": states,
        "not_routed": Notification.objects.filter(routed_at=None).count(),
        "in_no_envelope": Notification.objects.filter(mail_id=None).count(),
        "attempts": sum(Envelope.objects.values_list("attempts", flat=True)),
    }
    _tell(told, facts)


def sessions(told: str, pages: str) -> None:
    """Open that many sessions; their keys."""
    from pupitre.directory.models import Person
    from tests.cast import session_of

    people = Person.objects.filter(user__isnull=False).select_related("user").order_by("pk")[: int(pages)]
    Path(told).write_text(json.dumps([session_of(person) for person in people]))


def announce(told: str, pages: str) -> None:
    """Tell something to everyone whose page is open."""
    from pupitre.notifications.services.posting import notify

    started = time.time()
    for school, people in _by_school(int(pages)).items():
        notify("messaging.message", people, establishment_id=school, title="Bonjour", url="/")
    _tell(told, {"told_at": started})


def _by_school(count: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for recipient, school in _told(count):
        found.setdefault(school, []).append(recipient)
    return found


def _told(count: int) -> list[tuple[Any, int]]:
    from pupitre.directory.models import Guardianship
    from pupitre.notifications.services.posting import Recipient

    links = Guardianship.objects.order_by("guardian").values_list("guardian_id", "student_id", "establishment_id")[
        :count
    ]
    return [(Recipient(guardian, child), school) for guardian, child, school in links]


def _visible(now: Any) -> int:
    from pupitre.notifications.models import Notification

    return Notification.objects.filter(visible_at__lte=now).count()


def _forget() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("notifications_notification", "notifications_envelope", "procrastinate_jobs"):
            cursor.execute(f"delete from {table}")


def _tell(told: str, facts: dict[str, Any]) -> None:
    Path(told).write_text(json.dumps(facts))


def main(name: str, arguments: list[str]) -> None:
    """One step."""
    import django

    django.setup()
    from bench.post.place import fill

    if name == "fill":
        fill(int(arguments[0]))
        return
    if name == "forget":
        _forget()
        return
    steps: dict[str, Callable[..., None]] = {
        "accept": accept,
        "hold": hold,
        "counted": counted,
        "sessions": sessions,
        "announce": announce,
    }
    steps[name](*arguments)


if __name__ == "__main__":
    with database():
        main(sys.argv[1], sys.argv[2:])
