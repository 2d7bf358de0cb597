"""A lost telephone: somebody who may, in the school, takes the second factor away, and it is set again at the next sign-in."""

from django.db import transaction

from pupitre.accounts.models import CodeGenerator, Session, User
from pupitre.accounts.services.factors import counter_of, forget_rest
from pupitre.accounts.services.tries import forget


@transaction.atomic
def take_factors_away(user: User) -> int:
    """Remove every factor of an account and sign it out everywhere; how many sessions there were. The caller writes the journal."""
    CodeGenerator.objects.filter(user=user).delete()
    user.passkeys.all().delete()
    forget_rest(user)
    forget(counter_of(user))
    return Session.objects.filter(user=user).delete()[0]
