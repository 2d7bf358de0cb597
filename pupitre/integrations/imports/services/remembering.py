"""Going back on what was decided once and for all."""

from django.db import transaction

from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.integrations.imports.models import RememberedMatch


@transaction.atomic
def forget_choice(remembered_id: int, actor: Actor) -> bool:
    """Let the next import ask again; False when it already does."""
    remembered = RememberedMatch.objects.select_for_update().filter(pk=remembered_id).first()
    if remembered is None:
        return False
    audit.record(actor, "imports.forget_choice", remembered, kind=remembered.kind)
    remembered.delete()
    return True
