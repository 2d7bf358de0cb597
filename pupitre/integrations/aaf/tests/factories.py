"""Archives that were received, standing somewhere."""

from pupitre.foundation import clock
from pupitre.integrations.aaf.models import Batch, Feed, SchoolPart

OURS, THEIRS = "15", "98"
"""The academy of the college of the cast, and another one."""


def batch_of(state: str = Batch.State.READY, academy: str = OURS, *, parts: bool = True) -> Batch:
    """An archive of an academy, with a school in every state."""
    feed, _created = Feed.objects.get_or_create(academy=academy, degree="2D")
    batch: Batch = Batch.objects.create(
        academy=academy, feed=feed, state=state, name="ENT2DVA.20261123.tgz", size=1, is_complete=True,
        produced_on=clock.today(), counts={"4": {"read": 22, "new": 22}}, created_at=clock.now(), alive_at=clock.now(),
        findings=[{"severity": 0, "code": "unknown_attribute", "record": "ENTX", "reason": "Inconnu."}],
        why="Ce n’est pas une archive." if state == Batch.State.REJECTED else "",
    )  # fmt: skip
    for number, each in enumerate(SchoolPart.State.values if parts else ()):
        part_of(batch, each, number)
    return batch


def part_of(batch: Batch, state: str, number: int = 0) -> SchoolPart:
    """A school of an archive."""
    part: SchoolPart = SchoolPart.objects.create(
        batch=batch, structure=str(number), uai=f"099000{number}N", name=f"Collège {number}", state=state,
        counts={"students": 2, "guardians": 3, "staff": 1, "leaving": 1}, differences=4, aside=1,
    )  # fmt: skip
    return part
