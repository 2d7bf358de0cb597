"""The jobs of this room. Each does what is due, so that one that is lost, or comes twice, changes nothing."""

from procrastinate.contrib.django import app

from pupitre.establishments.models import Establishment
from pupitre.timetable.services.publishing import JOB, publish_due
from pupitre.timetable.services.telling import tell_due


@app.task(name=JOB)
def follow_changes(establishment_id: int) -> None:
    """Publish and tell the changes of one school that are due."""
    publish_due(establishment_id)
    tell_due(establishment_id)


@app.periodic(cron="7 6,12,18 * * *")
@app.task(name="timetable.follow_changes_everywhere")
def follow_everywhere(timestamp: int) -> None:
    """Tell the changes that have come within two school days, and whatever a lost job left."""
    for pk in Establishment.objects.filter(is_open=True).values_list("pk", flat=True):
        follow_changes(pk)
