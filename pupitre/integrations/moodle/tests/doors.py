from dataclasses import dataclass

from pupitre.integrations.moodle.models import Report
from pupitre.integrations.moodle.tests.factories import report_of
from tests.cast import Cast
from tests.doors import door


@dataclass(frozen=True)
class Compared:
    """A comparison of a school, made when the door is tried."""

    state: str = Report.State.TO_REVIEW
    place: str = "college"

    def __call__(self, cast: Cast) -> int:
        return report_of(cast, self.place, self.state).pk

    def __str__(self) -> str:
        return f"{self.place}/{self.state}"

    def __repr__(self) -> str:
        return str(self)


_MANAGE = ("principal", "referent")


def _manage(answer: int) -> dict[str, int]:
    return dict.fromkeys(_MANAGE, answer)


def _of(state: str = Report.State.TO_REVIEW, place: str = "college") -> dict[str, object]:
    return {"uai": "college", "pk": Compared(state, place)}


DOORS = [
    door("moodle:site", at={"uai": "college"}, **_manage(200)),
    # Nothing typed: said so.
    door("moodle:site", "post", at={"uai": "college"}, **_manage(422)),
    # No Moodle is linked: there is nothing to set.
    *(
        door(f"moodle:{name}", "post", at={"uai": "college"})
        for name in ("token", "change", "switch", "attempt", "unlink", "ask", "marks")
    ),
    *(door("moodle:report", at=_of(state), **_manage(200)) for state in Report.State.values),
    door("moodle:report", at=_of(place="neighbour")),
    door("moodle:apply", "post", at=_of(), **_manage(302)),
    door("moodle:apply", "post", at=_of(place="neighbour")),
    door("moodle:leave", "post", at=_of(), **_manage(302)),
    door("moodle:leave", "post", at=_of(place="neighbour")),
]
