"""How long letters are kept (MSG-11): as code, so that the screens say what the nightly purge does."""

import datetime as dt

BIN = dt.timedelta(days=30)
MAILBOX = dt.timedelta(days=3 * 365)
NOTICE = dt.timedelta(days=30)
"""How long before the end a mailbox says that letters are about to go."""
DRAFT = dt.timedelta(days=365)
