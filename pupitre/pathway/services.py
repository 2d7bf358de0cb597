"""Writing and erasing follow-up notes."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Person, Student
from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.pathway.models import NOTE_LENGTH, FollowUpNote


class Refusal(ValueError):
    """A note that cannot be kept; holds a sentence for whoever wrote it."""


@transaction.atomic
def write_note(*, student: Student, audience: str, text: str, actor: Actor) -> FollowUpNote:
    """Keep a note about a student until the end of the school year. Raises Refusal."""
    text = " ".join(text.split())
    if not text:
        raise Refusal(_("Écrivez la note : ce qui a été dit, ce qui est décidé, pour quand."))
    if len(text) > NOTE_LENGTH:
        raise Refusal(
            _("La note fait %(n)s signes, %(most)s au plus. Raccourcissez-la.") % {"n": len(text), "most": NOTE_LENGTH}
        )
    if audience not in set(FollowUpNote.Audience):
        raise Refusal(_("Dites qui pourra lire cette note."))
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    note = FollowUpNote(
        student=student, audience=audience, text=text, author_id=actor.person_id, author_name=name,
        written_at=clock.now(), keep_until_on=_end_of_year(),
    )  # fmt: skip
    note.save()
    audit.record(actor, "pathway.write_note", note, audience=audience)
    return note


@transaction.atomic
def erase(*, note: FollowUpNote, actor: Actor) -> None:
    """Erase a note for good; the journal keeps that it was."""
    audit.record(actor, "pathway.erase_note", note)
    note.delete()


def erase_old_notes() -> list[str]:
    """Erase, in every school, what is past its day."""
    count = 0
    for establishment in Establishment.objects.filter(is_open=True):
        with scope(establishment.pk), transaction.atomic():
            gone, _by_model = FollowUpNote.objects.filter(keep_until_on__lt=clock.today()).delete()
            count += gone
    return [f"{count:>8}  {_('notes de suivi effacées')}"] if count else []


def _end_of_year() -> dt.date:
    """The last day of the school year; without one, the coming 31 August."""
    today = clock.today()
    ends = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).values_list("ends_on", flat=True).first()
    return ends or dt.date(today.year + (today.month > 8), 8, 31)
