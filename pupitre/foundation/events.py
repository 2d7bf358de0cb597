"""News between rooms: a lower room publishes a fact, rooms above listen. Sent after the commit, or inside when it must be."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")
_listeners: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_followers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def listen(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the decorated function with each event of this type, once the transaction that told it is committed."""

    def register(listener: Callable[[E], None]) -> Callable[[E], None]:
        _listeners[event].append(listener)
        return listener

    return register


def publish(event: object) -> None:
    """Tell the rooms above; nothing is sent when the transaction is rolled back."""
    for listener in _listeners[type(event)]:
        transaction.on_commit(partial(listener, event))


def follow(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the decorated function with each event of this type, in the transaction of whoever tells it."""

    def register(follower: Callable[[E], None]) -> Callable[[E], None]:
        _followers[event].append(follower)
        return follower

    return register


def carry_out(event: object) -> None:
    """Have the rooms above do their part now: all of it is done, or none, with the caller's transaction."""
    for follower in _followers[type(event)]:
        follower(event)
