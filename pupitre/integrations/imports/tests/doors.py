from dataclasses import dataclass

from pupitre.establishments.scope import scope
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.tests.factories import add_question, make_correspondence, make_job
from tests.cast import Cast
from tests.doors import door

State = ImportJob.State


@dataclass(frozen=True)
class Import:
    """An import of a school, made when the door is tried."""

    state: str = State.TO_REVIEW
    school: str = "college"

    def __call__(self, cast: Cast) -> int:
        return make_job(getattr(cast, self.school), self.state).pk

    def __str__(self) -> str:
        return f"{self.school}/{self.state}"

    def __repr__(self) -> str:
        return str(self)


class Names:
    """An import that waits for names of timetable software to be recognised, made when the door is tried."""

    def __call__(self, cast: Cast) -> int:
        job = make_job(cast.college)
        with scope(cast.college.pk):
            add_question(job, "group", "4EME B", ("4B", "4e B (4B)", 92), ("4C", "4e C (4C)", 61))
            add_question(job, "subject", "VIE DE CLASSE")
            add_question(job, "teacher", "ROUSSEL H.")
            add_question(job, "classroom", "B 12")
        return job.pk

    def __repr__(self) -> str:
        return "college/noms"


@dataclass(frozen=True)
class Name:
    """A name of timetable software that a school said once, made when the door is tried."""

    school: str = "college"

    def __call__(self, cast: Cast) -> int:
        return make_correspondence(getattr(cast, self.school)).pk

    def __str__(self) -> str:
        return f"{self.school}/nom"

    def __repr__(self) -> str:
        return str(self)


_NAME: dict[str, object] = {"uai": "college", "pk": Name()}
_OFFICE = ("principal", "secretaire", "referent")
_LOOK = dict.fromkeys((*_OFFICE, "academie"), 200)


def _act(answer: int) -> dict[str, int]:
    """Those who may import; the academy only looks."""
    return dict.fromkeys(_OFFICE, answer)


def _of(state: str = State.TO_REVIEW, school: str = "college") -> dict[str, object]:
    return {"uai": "college", "pk": Import(state, school)}


DOORS = [
    door("imports:jobs", at={"uai": "college"}, **_LOOK),
    door("imports:receive", "post", at={"uai": "college"}, **_act(422)),
    door("imports:health", at={"uai": "college"}, **_LOOK),
    door("imports:ask_again", "post", at={"uai": "college"}, **_act(302)),
    door("imports:correspondences", at={"uai": "college"}, **_LOOK),
    door("imports:correspondence", at=_NAME, **_act(200)),
    door("imports:correspondence", "post", at=_NAME, **_act(422)),
    door("imports:correspondence", at={"uai": "college", "pk": Name("neighbour")}),
    door("imports:forget", "post", at={"uai": "college"}, **_act(302)),
    door("imports:settle_all", "post", at=_of(), **_act(302)),
    door("imports:settle_all", "post", at=_of(school="neighbour")),
    *(door("imports:job", at=_of(state), **_LOOK) for state in State.values),
    door("imports:job", at={"uai": "college", "pk": Names()}, **_LOOK),
    door("imports:job", at=_of(school="neighbour")),
    door("imports:report", at=_of(), **_LOOK),
    door("imports:report", at=_of(school="neighbour")),
    door("imports:decide", "post", at=_of(), **_act(302)),
    door("imports:settle", "post", at=_of(), **_act(302)),
    door("imports:apply", at=_of(), **_act(200)),
    door("imports:apply", "post", at=_of(State.APPLIED), **_act(302)),
    door("imports:apply", "post", at=_of(school="neighbour")),
    door("imports:undo", at=_of(State.APPLIED), **_act(200)),
    door("imports:undo", "post", at=_of(State.UNDONE), **_act(302)),
    door("imports:abandon", "post", at=_of(), **_act(302)),
    door("imports:restart", "post", at=_of(State.APPLIED), **_act(302)),
]
