"""What families say of the image of their child; a no takes the photograph away at once."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from pupitre.directory.models import Student
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.portraits.models import Portrait
from pupitre.portraits.services.photos import drop_photos


@transaction.atomic
def record_consent(*, students: Collection[Student], consent: str, told_by: str, told_on: dt.date, actor: Actor) -> int:
    """Write what families said, how and when; how many students it is about. A refusal removes the photograph.

    Source: Code civil, art. 9; RGPD, art. 7 (the consent is proven, and withdrawn as easily as it was given).
    """
    facts = {
        "consent": consent,
        "told_by": told_by.strip()[:120],
        "told_on": told_on,
        "recorded_by_id": actor.person_id,
        "recorded_at": clock.now(),
    }
    Portrait.objects.bulk_create(
        [Portrait(establishment_id=current_establishment_id(), student=each, **facts) for each in students],
        update_conflicts=True,
        unique_fields=["establishment", "student"],
        update_fields=["consent", "told_by", "told_on", "recorded_by", "recorded_at"],
    )
    if consent != Portrait.Consent.GIVEN:
        drop_photos(Portrait.objects.filter(student__in=students))
    for each in students:
        audit.record(actor, "portraits.record_consent", each, consent=consent, told_by=facts["told_by"])
    return len(students)
