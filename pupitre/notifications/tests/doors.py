from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.notifications.models import DeliveryFailure, Mute, Notification, PushSubscription
from tests.cast import Cast, session_of
from tests.doors import door

AT = {"uai": "college"}
MANAGERS = {"principal": 200, "referent": 200}
FOLLOWERS = {"cpe": 200, "principal": 200, "secretaire": 200, "referent": 200}


def _sent(answers: dict[str, int], status: int = 302) -> dict[str, int]:
    return dict.fromkeys(answers, status)


@dataclass(frozen=True)
class Made:
    """A row made when the door is tried, by its name."""

    name: str
    make: Callable[[Cast], int]

    def __call__(self, cast: Cast) -> int:
        return self.make(cast)

    def __repr__(self) -> str:
        return self.name


def _notice(cast: Cast) -> int:
    """A notice of the parent about Inès."""
    made = Notification.objects.create(
        person=cast.people["parent"], child=cast.people["eleve"], child_name="Inès", establishment=cast.college,
        kind="try.door", title="Sortie", url="/", created_at=clock.now(), visible_at=clock.now(),
    )  # fmt: skip
    return int(made.pk)


def _failure(cast: Cast) -> int:
    with scope(cast.college.pk):
        made: Any = DeliveryFailure.objects.create(
            person=cast.people["parent"], channel="mail", reason="refused", kind="try.door", failed_at=clock.now()
        )
        return int(made.pk)


def _mute(cast: Cast) -> int:
    return Mute.objects.create(person=cast.people["parent"], until_at=clock.now()).pk


def _browser(cast: Cast) -> int:
    parent = cast.people["parent"]
    session = session_of(parent)
    made = PushSubscription.objects.create(
        person=parent, session_id=session, endpoint="https://fcm.googleapis.com/x", p256dh="x", auth="y",
        created_at=clock.now(),
    )  # fmt: skip
    return made.pk


_SEVEN_TO_EIGHT = {f"{end}_{day}": hour for day in range(5) for end, hour in (("opens", "07:00"), ("closes", "20:00"))}
_TIMES = {"daily_at": "18:30", "weekly_day": "4"}
_HEADS = _sent(MANAGERS)

DOORS = [
    door("notifications:list", everyone=200, anonymous=302),
    door("notifications:open", at={"pk": Made("notice", _notice)}, parent=302),
    door("notifications:read_all", "post", everyone=302, anonymous=401),
    door("notifications:preferences", everyone=200, anonymous=302),
    door("notifications:preferences", "post", data={"reset": "1"}, everyone=302, anonymous=401),
    door("notifications:times", "post", data=_TIMES, everyone=302, anonymous=401),
    door("notifications:silence", "post", data={"hours": "24"}, everyone=302, anonymous=401),
    door("notifications:end_silence", "post", at={"pk": Made("mute", _mute)}, everyone=302, anonymous=401),
    door("notifications:accept", "post", everyone=422, anonymous=401),
    door("notifications:trial", "post", everyone=302, anonymous=401),
    door("notifications:forget", "post", at={"pk": Made("browser", _browser)}, everyone=302, anonymous=401),
    door("notifications:events", everyone=200, anonymous=204),
    door("notifications:counts", everyone=200),
    door("notifications:worker", everyone=200),
    door("school_notifications:hours", at=AT, **MANAGERS),
    door("school_notifications:hours", "post", at=AT, data=_SEVEN_TO_EIGHT, **_HEADS),
    door("school_notifications:rhythms", at=AT, **MANAGERS),
    door("school_notifications:rhythms", "post", at=AT, data={"audience": "guardian"}, **_HEADS),
    door("school_notifications:failures", at=AT, **FOLLOWERS),
    # Settled once, the line is gone for whoever comes after.
    door("school_notifications:settle", "post", at=AT | {"pk": Made("failure", _failure)}, cpe=302),
]
