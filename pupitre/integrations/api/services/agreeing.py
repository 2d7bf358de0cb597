"""What the consent page asks in our name, and keeps."""

from collections.abc import Collection, Sequence

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.api.models import Access, Opening
from pupitre.integrations.api.queries.calling import FAMILY
from pupitre.integrations.api.scopes import SCOPES
from pupitre.integrations.oidc.scopes import LASTING, Scope
from pupitre.integrations.oidc.services.granting import revoke_lasting, revoke_person
from pupitre.integrations.services.models import Connector


def open_to(connector: Connector, actor: Actor) -> Sequence[Scope]:
    """The scopes that the school opens to a service, for a family; one statement."""
    if not actor.profiles & FAMILY:
        return ()
    opening = Opening.objects.filter(connector=connector).first()
    keys = set(opening.scopes) if opening else set()
    return [scope for key, scope in SCOPES.items() if key in keys or (keys and key == LASTING)]


def agreed(connector: Connector, actor: Actor) -> tuple[Collection[str], Collection[str]]:
    """What somebody was asked, and what they agreed to; one statement."""
    access = Access.objects.filter(connector=connector, person=actor.person_id).first()
    return (access.asked, access.scopes) if access else ((), ())


@transaction.atomic
def agree(connector: Connector, actor: Actor, asked: Collection[str], chosen: Collection[str]) -> None:
    """Keep an answer: what was not asked this time stays as it was. Coming back by itself, once refused, ends at once."""
    before, kept = agreed(connector, actor)
    scopes = [key for key in SCOPES if key in (set(kept) - set(asked)) | set(chosen)]
    facts = {
        "asked": [key for key in SCOPES if key in {*before, *asked}],
        "scopes": scopes,
        "agreed_at": clock.now(),
    }
    access, _made = Access.objects.update_or_create(connector=connector, person_id=actor.person_id, defaults=facts)
    audit.record(actor, "api.agree", access, scopes=scopes)
    if LASTING in set(kept) - set(scopes):
        revoke_lasting(
            service_id=connector.service_id, person_id=actor.person_id, establishment_id=actor.establishment_id
        )


@transaction.atomic
def withdraw(access: Access, *, actor: Actor) -> None:
    """The service reads nothing more in the name of this person; its tokens are dead, and it will have to ask again."""
    service_id, person_id = access.connector.service_id, access.person_id
    audit.record(actor, "api.withdraw", access, service=service_id)
    access.delete()
    revoke_person(service_id=service_id, person_id=person_id, establishment_id=actor.establishment_id)
