"""How a Moodle goes: its last success, its last failure, and how long it is left in peace."""

import datetime as dt

from django.db.models import F

from pupitre.foundation import clock
from pupitre.integrations.moodle.client import Moodle, MoodleFailure
from pupitre.integrations.moodle.models import Site
from pupitre.integrations.moodle.services.tokens import open_token

_FIRST, _LONGEST = dt.timedelta(minutes=15), dt.timedelta(hours=12)


def moodle_of(site: Site) -> Moodle:
    """The Moodle of a school, ready to be asked. Raises MoodleFailure when its token cannot be read any more."""
    return Moodle(site.url, open_token(site))


def worked(site: Site) -> None:
    """Note, in the open school, that Moodle answered; one statement."""
    Site.objects.filter(pk=site.pk).update(last_success_at=clock.now(), failures=0, resting_until_at=None)


def failed(site: Site, no: MoodleFailure) -> None:
    """Note, in the open school, what went wrong; each failure in a row doubles the rest, up to half a day. One statement."""
    rest = min(_FIRST * 2 ** min(site.failures, 10), _LONGEST)
    now = clock.now()
    Site.objects.filter(pk=site.pk).update(
        last_failure_at=now, last_failure=no.code, failures=F("failures") + 1, resting_until_at=now + rest
    )


def is_resting(site: Site) -> bool:
    """Whether it failed a short time ago: people who ask for something by hand do not wait for that."""
    return site.resting_until_at is not None and site.resting_until_at > clock.now()
