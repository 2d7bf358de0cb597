"""A school may apply, or take back, what the academy sent it, from its own page of imports."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.foundation.events import follow
from pupitre.integrations.aaf.models import Batch, SchoolPart
from pupitre.integrations.aaf.services.applying import forget_taken, note_taken
from pupitre.integrations.imports.events import ImportApplied, ImportUndone


@follow(ImportApplied)
def note_applied(event: ImportApplied) -> None:
    for part in SchoolPart.objects.filter(establishment=event.establishment_id, job=event.job_id):
        note_taken(part)
        part.state, part.why = SchoolPart.State.APPLIED, ""
        part.save(update_fields=["state", "why"])


@follow(ImportUndone)
def note_undone(event: ImportUndone) -> None:
    for part in SchoolPart.objects.filter(establishment=event.establishment_id, job=event.job_id):
        forget_taken(part)
        part.state, part.why = SchoolPart.State.REPLACED, "Cet import a été annulé par l’établissement."
        part.save(update_fields=["state", "why"])


@follow(PeopleMerged)
def hand_archives_over(event: PeopleMerged) -> None:
    hand_over(Batch.objects.all(), "author", event)
