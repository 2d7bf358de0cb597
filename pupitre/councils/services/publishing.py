"""The summary of a council, given to those who sat in it: the team and the delegates."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.councils.models import Member, Sitting
from pupitre.councils.refusals import Refusal
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient, notify

SUMMARY = "councils.summary"


@transaction.atomic
def publish_summary(*, sitting: Sitting, actor: Actor) -> None:
    """Let delegates and the team read the summary, and tell them; it does not change any more. Raises Refusal."""
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("division").get(pk=sitting.pk)
    if not sitting.summary:
        raise Refusal(_("Écrivez le bilan de la classe avant de le publier."))
    if sitting.state != Sitting.State.CLOSED:
        raise Refusal(_("Terminez d’abord le conseil : le bilan se publie ensuite."))
    if sitting.published_at is not None:
        raise Refusal(_("Ce bilan est déjà publié."))
    sitting.published_at = clock.now()
    sitting.save(update_fields=["published_at"])
    audit.record(actor, "councils.publish", sitting)
    members = Member.objects.filter(sitting=sitting).exclude(person=actor.person_id).values_list("person_id", flat=True)
    notify(
        SUMMARY, map(Recipient, members), establishment_id=sitting.establishment_id,
        title=_("Bilan du conseil de la %(group)s") % {"group": sitting.division.label},
        url=reverse("councils:summary", args=[actor.uai, sitting.term_id, sitting.division_id]), actor=actor,
    )  # fmt: skip
