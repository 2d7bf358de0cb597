"""The files that were made."""

from django.db.models import QuerySet

from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.integrations.lsu.models import LsuExport


def exports_seen(actor: Actor) -> QuerySet[LsuExport]:
    """The latest first, without their bytes."""
    rows = LsuExport.objects.defer("data", "student_ids").select_related("term", "division", "made_by")
    return allowed(actor, "lsu.read_export", rows).order_by("-made_at", "-pk")
