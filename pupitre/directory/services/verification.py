"""Asking for a second factor, and taking one away when a telephone is lost."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pupitre.accounts.mails import tell_factor_changed
from pupitre.accounts.models import Session
from pupitre.accounts.services.factors import has_factor
from pupitre.accounts.services.resetting import take_factors_away
from pupitre.directory.models import Person, SecondFactorRule
from pupitre.directory.second_factor import concerned_by, without_factor
from pupitre.directory.services.suspension import NotYourAccount, may_suspend
from pupitre.establishments.models import Establishment
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


class ResetReason(models.TextChoices):
    """Why a second factor is taken away: a fact for the journal, which keeps no free text."""

    LOST = "lost", gettext_lazy("Téléphone perdu, volé ou cassé")
    CHANGED = "changed", gettext_lazy("Téléphone changé sans avoir gardé l’application")
    KEY = "key", gettext_lazy("Clé de sécurité perdue")
    NO_PAPER = "no_paper", gettext_lazy("Codes de secours perdus ou épuisés")


@transaction.atomic
def require_second_factor(
    school: Establishment,
    *,
    who: SecondFactorRule.Who | None,
    starts_on: dt.date | None,
    for_academy: bool,
    actor: Actor,
) -> None:
    """Ask a second factor of those who work in a school, or in all the schools of its academy; `who` None asks nobody.

    When the day has come, whoever has none is signed out, but the actor, and sets one at their next sign-in.
    """
    key: dict[str, Any] = {"academy": school.academy} if for_academy else {"establishment": school}
    if who is None or starts_on is None:
        SecondFactorRule.objects.filter(**key).delete()
    else:
        SecondFactorRule.objects.update_or_create(**key, defaults={"who": who, "starts_on": starts_on})
        _sign_out_late(actor.user_id)
    facts = {"who": who or "", "starts_on": starts_on.isoformat() if starts_on else "", "academy": for_academy}
    audit.record(actor, "accounts.require_second_factor", None, **facts)


@transaction.atomic
def reset_second_factor(*, person: Person, reason: ResetReason, actor: Actor) -> bool:
    """Take away every factor of somebody's account, who is signed out everywhere and told by mail.

    False when they had none. Raises NotYourAccount: one's own, or that of somebody who can do more.
    """
    if not may_suspend(actor, person):
        raise NotYourAccount(person.pk)
    user = person.user
    if user is None or not has_factor(user):
        return False
    sessions = take_factors_away(user)
    audit.record(actor, "accounts.reset_second_factor", user, reason=reason.value, sessions=sessions)
    what = _("l’établissement l’a remise à zéro : le mot de passe seul ouvre le compte")
    transaction.on_commit(lambda: tell_factor_changed(user, what))
    return True


def sign_out_the_late() -> list[str]:
    """Every night: whoever must have a second factor by now and has none is signed out; what was done, in words."""
    count = _sign_out_late()
    if not count:
        return []
    return [
        ngettext(
            "%(count)s session fermée : la double vérification est demandée et n’est pas réglée",
            "%(count)s sessions fermées : la double vérification est demandée et n’est pas réglée",
            count,
        )
        % {"count": count}
    ]


@transaction.atomic
def _sign_out_late(but: int | None = None) -> int:
    count = 0
    for rule in SecondFactorRule.objects.filter(starts_on__lte=clock.today()):
        late = without_factor(concerned_by(rule)).exclude(pk=but or 0)
        count += Session.objects.filter(user__in=late).delete()[1].get("accounts.Session", 0)
    return count
