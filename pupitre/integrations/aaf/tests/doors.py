from dataclasses import dataclass

from pupitre.integrations.aaf.models import Batch, SchoolPart
from pupitre.integrations.aaf.tests.factories import OURS, THEIRS, batch_of
from tests.cast import Cast
from tests.doors import door

State = Batch.State


@dataclass(frozen=True)
class Archive:
    """An archive of an academy, made when the door is tried."""

    state: str = State.READY
    academy: str = OURS

    def __call__(self, _cast: Cast) -> int:
        return batch_of(self.state, self.academy).pk

    def __str__(self) -> str:
        return f"{self.academy}/{self.state}"

    def __repr__(self) -> str:
        return str(self)


def ready(_cast: Cast) -> int:
    """The school of the last archive that is ready."""
    return SchoolPart.objects.filter(state=SchoolPart.State.READY).latest("pk").pk


def _of(state: str = State.READY, academy: str = OURS) -> dict[str, object]:
    return {"uai": "college", "pk": Archive(state, academy)}


DOORS = [
    door("aaf:batches", at={"uai": "college"}, academie=200),
    # Nothing chosen: said so.
    door("aaf:batches", "post", at={"uai": "college"}, academie=422),
    *(door("aaf:batch", at=_of(state), academie=200) for state in State.values),
    door("aaf:batch", at=_of(academy=THEIRS)),
    door("aaf:apply", "post", at=_of(), academie=302),
    door("aaf:apply", "post", at=_of(academy=THEIRS)),
    door("aaf:restart", "post", at=_of(State.REJECTED), academie=302),
    door("aaf:restart", "post", at=_of(academy=THEIRS)),
    door("aaf:apply_school", "post", at={**_of(), "part": ready}, academie=302),
    door("aaf:apply_school", "post", at={**_of(academy=THEIRS), "part": ready}),
]
