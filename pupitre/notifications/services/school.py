"""What a school decides: its hours, and the rhythm of each kind."""

from collections.abc import Mapping

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import raise_stamps, school_audience
from pupitre.notifications.models import SchoolHours, SchoolRhythm
from pupitre.notifications.quiet_hours import DEFAULT_WEEK, Week


@transaction.atomic
def set_hours(*, week: Week, actor: Actor) -> None:
    """Give the open school its own table of hours; that of the circular again when it is the same.

    What already waits keeps its time, or leaves later when the new hours say so: they are looked at again before sending.
    """
    if week == DEFAULT_WEEK:
        SchoolHours.objects.all().delete()
    else:
        SchoolHours.objects.update_or_create(
            establishment_id=actor.establishment_id,
            defaults={
                "opens": [opening and opening.opens for opening in week],
                "closes": [opening and opening.closes for opening in week],
                "changed_at": clock.now(),
            },
        )
    audit.record(actor, "notifications.set_hours", None, days=sum(opening is not None for opening in week))
    raise_stamps([school_audience(actor.establishment_id)])


@transaction.atomic
def set_rhythms(*, audience: str, rhythms: Mapping[str, tuple[str, bool]], actor: Actor) -> None:
    """Decide by kind the rhythm of an audience (empty: that of Pupitre) and whether people may change it."""
    kept = {kind: decided for kind, decided in rhythms.items() if decided[0]}
    SchoolRhythm.objects.filter(audience=audience).exclude(kind__in=kept).delete()
    for kind, (rhythm, is_locked) in kept.items():
        SchoolRhythm.objects.update_or_create(
            establishment_id=actor.establishment_id, kind=kind, audience=audience,
            defaults={"rhythm": rhythm, "is_locked": is_locked},
        )  # fmt: skip
    audit.record(actor, "notifications.set_rhythms", None, audience=audience, decided=len(kept))
