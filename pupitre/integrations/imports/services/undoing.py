"""Taking back the last import applied, for seven days."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.accounts.models import User
from pupitre.directory.models import ExternalId, Guardianship, Person
from pupitre.establishments.ledger import Line, revert
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.events import carry_out
from pupitre.foundation.stamps import raise_stamps, school_audience
from pupitre.integrations.imports.events import ImportUndone
from pupitre.integrations.imports.models import ImportJob, JournalEntry
from pupitre.integrations.imports.services.application import NotAppliable, _alone

DAYS = 7
"""How long an applied import may be taken back (SIE-1)."""


def may_undo(job: ImportJob) -> bool:
    """Whether a job may be taken back now: it is the last one applied, less than seven days ago."""
    if job.state != ImportJob.State.APPLIED or job.applied_at is None:
        return False
    if clock.now() - job.applied_at > dt.timedelta(days=DAYS):
        return False
    return not ImportJob.objects.filter(state=ImportJob.State.APPLIED, applied_at__gt=job.applied_at).exists()


def undo(job_id: int, establishment_id: int, *, actor: Actor | None = None) -> int:
    """Put everything back as it was before the import; return the number of rows left, since they were used or changed.

    Somebody who has activated their account keeps it: they only lose what the import gave them here. Raises NotAppliable.
    """
    with scope(establishment_id):
        _alone(establishment_id)
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        if not may_undo(job):
            raise NotAppliable(
                _("Seul le dernier import appliqué peut être annulé, pendant %(days)s jours.") % {"days": DAYS}
            )
        entries = JournalEntry.objects.filter(job=job).order_by("number")
        lines = [Line(entry.table, entry.action, entry.rows) for entry in entries]
        left = revert(lines, _in_use(lines))
        raise_stamps([school_audience(establishment_id)])
        job.state, job.ended_at = ImportJob.State.UNDONE, clock.now()
        job.save(update_fields=["state", "ended_at"])
        carry_out(ImportUndone(establishment_id, job.pk))
        audit.record(actor, "imports.undo", job, left=left, establishment_id=establishment_id)
        return left


def _in_use(lines: list[Line]) -> dict[type, set[int]]:
    """People whose account was activated since, with what names them in the sources; links that the head has shut."""
    users = [row[0] for line in lines if line.model == User._meta.label for row in line.rows]
    active = User.objects.filter(pk__in=users).exclude(state=User.State.CREATED)
    kept_users = set(active.values_list("pk", flat=True))
    people = set(Person.objects.filter(user__in=kept_users).values_list("pk", flat=True))
    ids = set(ExternalId.objects.filter(person__in=people).values_list("pk", flat=True))
    links = [row[0] for line in lines if line.model == Guardianship._meta.label for row in line.rows]
    # Forgotten, a decision of the head would be open again at the next import.
    shut = set(Guardianship.objects.filter(pk__in=links, is_restricted=True).values_list("pk", flat=True))
    return {User: kept_users, Person: people, ExternalId: ids, Guardianship: shut}
