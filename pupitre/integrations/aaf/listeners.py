"""A school may apply, or take back, what the academy sent it, from its own page of imports."""

from pupitre.foundation.events import follow
from pupitre.integrations.aaf.models import SchoolPart
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
