"""How long accounts and what opens them are kept: every delay of the nightly housekeeping, in one place.

Sources: arrêté du 30 novembre 2006 (an ENT keeps an account three months after its owner has left); ÉduConnect (an account
never opened is removed after ninety days). Changing one is a decision of the controller: it changes `docs/rooms/accounts.md`.
"""

import datetime as dt
from calendar import monthrange

MONTHS_BEFORE_CLOSING = 3
"""From the end of the last role to the closing of the account."""
DAYS_BEFORE_CLOSING_UNOPENED = 90
"""The same for an account that its owner never opened."""
MONTHS_BEFORE_CLOSING_BY_HAND = 0
"""The same for somebody whom schools added by hand and did not renew: the account is closed the next night."""
MONTHS_BEFORE_DELETING = 3
"""From the closing of an account to its deletion."""
DAYS_OF_OLD_CODES = 30
"""How long an activation code is remembered once it is too old, so that its owner is told so."""


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months earlier, or the last of that month: 31 May less three months is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
