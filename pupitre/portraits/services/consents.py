"""What families say of the image of their child; a no takes the photograph away at once."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Person, Student
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.portraits.models import Portrait
from pupitre.portraits.refusals import RefusedByAnother
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


@transaction.atomic
def answer_as_family(*, student: Student, consent: str, actor: Actor) -> None:
    """A guardian says yes or no online. Raises RefusedByAnother: a refusal is lifted by whoever gave it, or by the office.

    Source: Code civil, art. 371-1 and 372-2 (both parents decide; the agreement of the other is not presumed over a refusal).
    """
    known = Portrait.objects.select_for_update().filter(student=student).first()
    is_refused = known is not None and known.consent == Portrait.Consent.REFUSED
    if consent == Portrait.Consent.GIVEN and known and is_refused and known.recorded_by_id != actor.person_id:
        raise RefusedByAnother
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    told = _("en ligne, par %(name)s") % {"name": name}
    record_consent(students=[student], consent=consent, told_by=told, told_on=clock.today(), actor=actor)
