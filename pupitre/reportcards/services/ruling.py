"""What the bulletins of a school show, and its list of mentions."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.reportcards.models import Mention, ReportRules
from pupitre.reportcards.refusals import Refusal

MOST_MENTIONS, LONGEST = 12, 60


@transaction.atomic
def set_rules(*, shows_spread: bool, shows_previous: bool, mentions: Sequence[str], actor: Actor) -> None:
    """Keep what the school chose. A mention left out is put away, not removed. Raises Refusal: too many, too long."""
    wanted = list(dict.fromkeys(each for label in mentions if (each := plain(label))))
    if len(wanted) > MOST_MENTIONS:
        raise Refusal(_("%(n)s mentions, %(most)s au plus.") % {"n": len(wanted), "most": MOST_MENTIONS})
    long = next((each for each in wanted if len(each) > LONGEST), None)
    if long:
        raise Refusal(_("« %(label)s… » : 60 caractères au plus par mention.") % {"label": long[:30]})
    school = current_establishment_id()
    ReportRules.objects.update_or_create(
        establishment_id=school, defaults={"shows_spread": shows_spread, "shows_previous": shows_previous}
    )
    Mention.objects.exclude(label__in=wanted).update(is_active=False)
    for position, label in enumerate(wanted):
        Mention.objects.update_or_create(
            establishment_id=school, label=label, defaults={"position": position, "is_active": True}
        )
    audit.record(actor, "reportcards.set_rules")
