"""Wrong answers in a row, counted per account: a whole school shares one address. Five rest what is asked for 15 minutes."""

import datetime as dt

from django.db import connection, transaction

from pupitre.accounts.models import SignInFailures, User
from pupitre.foundation import audit, clock

MOST_FAILURES = 5
LOCK = dt.timedelta(minutes=15)


def resting_until_at(counter: str) -> dt.datetime | None:
    """Until when this counter rests, or None."""
    resting = SignInFailures.objects.filter(username=counter, locked_until__gt=clock.now()).first()
    return resting.locked_until if resting else None


def forget(*counters: str) -> None:
    """A right answer: what was counted is forgotten."""
    SignInFailures.objects.filter(username__in=counters).delete()


@transaction.atomic
def count_failure(counter: str, user: User | None = None) -> dt.datetime | None:
    """Count one failure more, in one statement whatever is counted beside it; until when the counter now rests, or None."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_signinfailures as f (username, failures, locked_until) values (%(name)s, 1, null) "
            "on conflict (username) do update set "
            "failures = case when f.locked_until <= %(now)s then 1 else f.failures + 1 end, "
            "locked_until = case when f.locked_until is null and f.failures + 1 >= %(most)s then %(until)s::timestamptz "
            "when f.locked_until > %(now)s then f.locked_until end "
            "returning locked_until",
            {"name": counter, "now": now, "most": MOST_FAILURES, "until": now + LOCK},
        )
        (until,) = cursor.fetchone() or (None,)
    if until is not None:
        audit.record(None, "accounts.locked", user)
    return until
