"""What the accounts room tells the rooms above, once committed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """Somebody opened their account for the first time."""

    user_id: int
