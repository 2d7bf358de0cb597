"""Who is acting, in which school, with which rights."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting in one school. A parent with children in two schools is two actors."""

    user_id: int
    person_id: int
    establishment_id: int
    uai: str
    profiles: frozenset[str] = frozenset()
    capabilities: frozenset[str] = frozenset()

    def has(self, capability: str) -> bool:
        """Whether the actor holds a capability (`room.verb`) in this school today."""
        return capability in self.capabilities


class ActorRequest(HttpRequest):
    """A request inside a school: the middleware has checked that the person belongs there."""

    actor: Actor
