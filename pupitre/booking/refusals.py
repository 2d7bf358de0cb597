"""What the room does not do, each in a sentence that says what to do instead."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


class Refusal(ValueError):
    """Something asked of the room that it does not do; holds a sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Met:
    """A day of a booking when the thing is taken, and by what, in a sentence."""

    on: dt.date
    text: str


class AlreadyTaken(Refusal):
    """Lessons or other bookings are met; `free`: how many days of the series are not."""

    def __init__(self, met: Sequence[Met], free: int) -> None:
        super().__init__(met[0].text)
        self.met = met
        self.free = free
