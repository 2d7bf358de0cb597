"""How long files are kept."""

import datetime as dt

OPEN = dt.timedelta(days=7)
"""How long a file may be taken."""
COMPARED = dt.timedelta(days=100)
"""How long the last one that was taken is kept, to say what changed since."""
REMEMBERED = dt.timedelta(days=400)
"""How long one still reads that a file was made."""
GIVEN_UP = dt.timedelta(minutes=15)
"""A file that is not made after that long will not be."""
