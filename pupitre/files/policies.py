from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from pupitre.files.models import FileReference, StoredFile, Upload
from pupitre.foundation.access import allowed, policy
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import FileOwner, offered


@policy("files.view_file", StoredFile)
def view_file(actor: Actor) -> Q:
    """Whoever deposited it, and whoever may see a row that refers to it, by that row's own rule."""
    seen = Q(owner=actor.person_id)
    for each in offered(FileOwner):
        rows = allowed(actor, each.verb, apps.get_model(each.model)._default_manager.all())
        through = FileReference.objects.filter(
            file=OuterRef("pk"), target=each.model.lower(), target_id__in=rows.values("pk")
        )
        seen |= Q(Exists(through))
    return seen


@policy("files.delete_file", StoredFile)
def delete_file(actor: Actor) -> Q:
    """One's own, when nothing refers to it."""
    return Q(owner=actor.person_id) & ~Q(Exists(FileReference.objects.filter(file=OuterRef("pk"))))


@policy("files.send_upload", Upload)
def send_upload(actor: Actor) -> Q:
    """One's own: nobody continues, looks at or stops the upload of another."""
    return Q(owner=actor.person_id)
