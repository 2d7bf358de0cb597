"""What takes a message outside: the mail server, the push services of browsers, an SMS gateway. They know no school."""

from enum import Enum


class Outcome(Enum):
    """What became of a message: taken, refused for good, to be tried again, or nobody to carry it to."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    NOWHERE = "nowhere"
