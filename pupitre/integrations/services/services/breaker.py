"""A tool that does not answer is left alone for a while: everybody's workers are not to wait for it."""

import datetime as dt

from django.db.models import F, Q

from pupitre.foundation import clock
from pupitre.integrations.services.models import Service

PATIENCE = 3
"""Failures in a row after which it is left alone."""
LONGEST = dt.timedelta(minutes=15)
_SHORTEST = dt.timedelta(minutes=1)
_TRIAL = dt.timedelta(seconds=30)


def may_ask(service: Service) -> bool:
    """Whether a tool may be asked now. When its rest is over, one caller tries it, the others wait for what comes of it."""
    if service.failures < PATIENCE:
        return True
    now = clock.now()
    rested = Service.objects.filter(pk=service.pk).filter(Q(resting_until_at=None) | Q(resting_until_at__lte=now))
    return rested.update(resting_until_at=now + _TRIAL) == 1


def it_answered(service: Service) -> None:
    """It is well: nothing is written when it already was."""
    if service.failures or service.resting_until_at:
        Service.objects.filter(pk=service.pk).update(failures=0, resting_until_at=None)


def it_failed(service: Service) -> None:
    """Note one failure more, and leave it alone from the third one on: a minute, then two, then four…"""
    Service.objects.filter(pk=service.pk).update(failures=F("failures") + 1)
    count = Service.objects.values_list("failures", flat=True).get(pk=service.pk)
    if count >= PATIENCE:
        # Its number of failures is kept small, so that the power is too.
        rest = min(_SHORTEST * 2 ** min(count - PATIENCE, 10), LONGEST)
        Service.objects.filter(pk=service.pk).update(
            resting_until_at=clock.now() + rest, failures=min(count, PATIENCE + 10)
        )
