"""The jobs of this room. Done twice, each changes nothing more."""

from procrastinate.contrib.django import app

from pupitre.foundation.actor import Actor
from pupitre.integrations.aaf.models import SchoolPart
from pupitre.integrations.aaf.services import receiving
from pupitre.integrations.aaf.services.applying import apply_school


@app.task(name=receiving.READ)
def read_archive(batch_id: int) -> None:
    """Read an archive, then hand it out."""
    receiving.read(batch_id)


@app.task(name=receiving.COMPARE)
def compare_school(part_id: int) -> None:
    """Compare one school."""
    receiving.compare(part_id)


@app.task(name=receiving.APPLY)
def apply_part(part_id: int, actor: list[int], *, confirmed: bool) -> None:
    """Apply the part of one school."""
    part = SchoolPart.objects.select_related("batch", "establishment").filter(pk=part_id).first()
    if part is None or part.establishment is None:
        return
    who = Actor(actor[0], actor[1], part.establishment.pk, part.establishment.uai)
    apply_school(part, actor=who, confirmed=confirmed)
    receiving.note_end(part.batch_id)
