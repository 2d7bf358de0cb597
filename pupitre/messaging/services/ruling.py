"""What a school decides: who writes to whom, whether pupils are read first, who represents the parents of a class."""

from django.db import transaction

from pupitre.directory.models import Group
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.messaging.matrix import DEFAULTS
from pupitre.messaging.models import ClassDelegate, SchoolMessaging, WritingRule
from pupitre.messaging.parties import Party, Scope


@transaction.atomic
def set_rule(*, sender: Party, recipient: Party, scope: Scope, group: Group | None = None, actor: Actor) -> None:
    """Decide how far one party writes to another, in the school or in one class; what Pupitre does anyway is not kept."""
    rules = WritingRule.objects.filter(sender=sender, recipient=recipient, group=group)
    if group is None and scope == DEFAULTS[sender][recipient]:
        rules.delete()
    else:
        WritingRule.objects.update_or_create(
            sender=sender,
            recipient=recipient,
            group=group,
            defaults={"scope": scope, "establishment_id": actor.establishment_id},
        )
    facts = {
        "sender": str(sender),
        "recipient": str(recipient),
        "scope": str(scope),
        "group": group.pk if group else None,
    }
    audit.record(actor, "messaging.set_rule", None, **facts)


@transaction.atomic
def drop_class_rule(rule: WritingRule, *, actor: Actor) -> None:
    """A class follows the school again."""
    audit.record(actor, "messaging.drop_rule", rule, sender=rule.sender, recipient=rule.recipient, group=rule.group_id)
    rule.delete()


@transaction.atomic
def review_pupils(reviews: bool, *, actor: Actor) -> None:
    """Whether an adult reads what students write to their class before it leaves."""
    SchoolMessaging.objects.update_or_create(
        establishment_id=actor.establishment_id, defaults={"reviews_pupils": reviews}
    )
    audit.record(actor, "messaging.review_pupils", None, reviews=reviews)


@transaction.atomic
def name_delegate(group: Group, person_id: int, *, actor: Actor) -> None:
    """Let a parent write to the other parents of a class."""
    ClassDelegate.objects.get_or_create(establishment_id=actor.establishment_id, group=group, person_id=person_id)
    audit.record(actor, "messaging.name_delegate", group, person=person_id)


@transaction.atomic
def dismiss_delegate(delegate: ClassDelegate, *, actor: Actor) -> None:
    """A parent no longer represents the class."""
    audit.record(actor, "messaging.dismiss_delegate", None, group=delegate.group_id, person=delegate.person_id)
    delegate.delete()
