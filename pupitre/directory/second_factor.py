"""Of whom a second factor is asked, and from which day: by what people do in the schools where they do it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, SecondFactorRule
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import ADMINISTRATORS, STAFF
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock

_PROFILES = {SecondFactorRule.Who.ADMINISTRATORS: ADMINISTRATORS, SecondFactorRule.Who.STAFF: STAFF}
WITHOUT_FACTOR = Q(code_generator=None) | Q(code_generator__confirmed_at=None)


@dataclass(frozen=True, slots=True)
class Progress:
    """Of those concerned who have opened their account, how many have a second factor."""

    done: int
    total: int


def required_from(user_id: int) -> dt.date | None:
    """From which day this account must have a second factor, whatever the school; None: nobody asks. Two statements."""
    held = Affiliation.objects.filter(held_on(clock.today()), person__user=user_id, profile__in=STAFF)
    roles = list(held.values_list("profile", "establishment_id", "establishment__academy"))
    if not roles:
        return None
    rules = SecondFactorRule.objects.filter(
        Q(establishment__in={school for _profile, school, _academy in roles})
        | Q(academy__in={academy for _profile, _school, academy in roles if academy})
    )
    days = [
        rule.starts_on
        for rule in rules
        for profile, school, academy in roles
        if profile in _PROFILES[SecondFactorRule.Who(rule.who)]
        and (rule.establishment_id == school or (rule.academy and rule.academy == academy))
    ]
    return min(days, default=None)


def concerned_by(rule: SecondFactorRule) -> QuerySet[User]:
    """The open accounts of whoever a rule names today."""
    held = Affiliation.objects.filter(held_on(clock.today()), profile__in=_PROFILES[SecondFactorRule.Who(rule.who)])
    where = Q(establishment__academy=rule.academy) if rule.academy else Q(establishment=rule.establishment_id)
    return User.objects.filter(person__in=held.filter(where).values("person"), state=User.State.ACTIVE)


def without_factor(users: QuerySet[User]) -> QuerySet[User]:
    """Those of these accounts whose password alone is enough."""
    return users.filter(WITHOUT_FACTOR, passkeys=None)


def progress_of(rule: SecondFactorRule) -> Progress:
    """Two statements."""
    concerned = concerned_by(rule)
    total = concerned.count()
    return Progress(total - without_factor(concerned).count(), total)


def rules_of(school: Establishment) -> tuple[SecondFactorRule | None, SecondFactorRule | None]:
    """The rule of a school, and that of its academy; one statement."""
    asked = Q(establishment=school)
    if school.academy:
        asked |= Q(academy=school.academy)
    rules = list(SecondFactorRule.objects.filter(asked))
    own = next((rule for rule in rules if rule.establishment_id), None)
    return own, next((rule for rule in rules if rule.academy), None)
