"""Reminders: each leaves once, a few minutes around its instant."""

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.agenda.models import Occurrence
from pupitre.agenda.services.telling import REMINDER, recipients_of, tell, when
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.notifications.services.posting import Recipient


@transaction.atomic
def remind_due(establishment_id: int) -> int:
    """Send the reminders that are due in one school; how many. May be done twice: each leaves once."""
    with scope(establishment_id):
        rows = Occurrence.objects.select_for_update(skip_locked=True, of=("self",)).filter(remind_at__lte=clock.now())
        due = list(rows.select_related("event").order_by("pk"))
        for each in due:
            event = each.event
            people = [Recipient(event.author_id)] if event.is_personal else recipients_of(event)
            if event.cancelled_at is None and event.visible_at is not None and each.ends_on >= clock.today():
                title = _("Rappel : %(event)s, %(when)s") % {
                    "event": event.title,
                    "when": when(each.starts_on, each.starts_at),
                }
                tell(REMINDER, event, title, people=people)
        Occurrence.objects.filter(pk__in=[each.pk for each in due]).update(remind_at=None)
        return len(due)


def remind_everywhere() -> int:
    """The reminders of every school that are due by now."""
    return sum(remind_due(pk) for pk in Establishment.objects.filter(is_open=True).values_list("pk", flat=True))
