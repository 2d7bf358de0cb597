from dataclasses import dataclass

from pupitre.integrations.takeover.models import TakeOver
from pupitre.integrations.takeover.tests.factories import file_of
from tests.cast import Cast
from tests.doors import door

State = TakeOver.State


@dataclass(frozen=True)
class File:
    """A file of a school, made when the door is tried."""

    state: str = State.TO_REVIEW
    school: str = "college"
    marks: bool = False

    def __call__(self, cast: Cast) -> int:
        return file_of(cast, self.state, self.school, marks=self.marks).pk

    def __str__(self) -> str:
        return f"{self.school}/{'marks/' if self.marks else ''}{self.state}"

    def __repr__(self) -> str:
        return str(self)


_OFFICE = ("cpe", "principal", "secretaire")


def _office(answer: int) -> dict[str, int]:
    return dict.fromkeys(_OFFICE, answer)


def _of(state: str = State.TO_REVIEW, school: str = "college") -> dict[str, object]:
    return {"uai": "college", "pk": File(state, school)}


# Whoever takes marks and bulletins over: never the school-life office.
_RESULTS = ("principal", "secretaire")


def _results(answer: int) -> dict[str, int]:
    return dict.fromkeys(_RESULTS, answer)


def _marks(state: str = State.TO_REVIEW) -> dict[str, object]:
    return {"uai": "college", "pk": File(state, marks=True)}


DOORS = [
    door("takeover:files", at={"uai": "college"}, **_office(200)),
    # Nothing chosen: said so.
    door("takeover:files", "post", at={"uai": "college"}, **_office(422)),
    *(door("takeover:file", at=_of(state), **_office(200)) for state in State.values),
    door("takeover:file", at=_of(school="neighbour")),
    *(
        door("takeover:file", at=_marks(state), **_results(200))
        for state in (State.TO_MAP, State.TO_REVIEW, State.APPLIED)
    ),
    door("takeover:model", at={"uai": "college", "name": "notes"}, **_results(200)),
    door("takeover:columns", "post", at=_marks(State.TO_MAP), **_results(422)),
    door("takeover:subjects", "post", at=_marks(), **_results(302)),
    door("takeover:apply", at=_marks(), **_results(200)),
    door("takeover:columns", "post", at=_of(State.TO_MAP), **_office(422)),
    door("takeover:reasons", "post", at=_of(), **_office(302)),
    door("takeover:apply", at=_of(), **_office(200)),
    door("takeover:apply", "post", at=_of(State.APPLIED), **_office(302)),
    door("takeover:apply", "post", at=_of(school="neighbour")),
    door("takeover:undo", at=_of(State.APPLIED), **_office(200)),
    door("takeover:undo", "post", at=_of(State.UNDONE), **_office(302)),
    door("takeover:abandon", "post", at=_of(), **_office(302)),
    door("takeover:restart", "post", at=_of(State.APPLIED), **_office(302)),
    door("takeover:report", at=_of(), **_office(200)),
    door("takeover:report", at=_of(school="neighbour")),
]
