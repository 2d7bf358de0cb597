"""One rule per verb, written as a query condition.

« May I see it? » and « what may I see? » read the same function, so that they cannot differ.
What the actor may not see does not exist: the answer is 404, never 403.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import Http404

from pupitre.foundation.actor import Actor

M = TypeVar("M", bound=Model)
Rule = Callable[[Actor], Q]

EVERYONE = Q()
"""Everyone inside the open scope."""
NOBODY = Q(pk__in=())

_rules: dict[str, tuple[type[Model], Rule]] = {}


class UnknownVerb(LookupError):
    """No policy was written for this verb: the programmer's mistake, never the visitor's."""


def policy(verb: str, model: type[Model]) -> Callable[[Rule], Rule]:
    """Declare the rule of a verb (`room.verb_object`) on a model. A verb declared twice stops the start."""

    def register(rule: Rule) -> Rule:
        if verb in _rules:
            raise RuntimeError(f"policy {verb} is declared twice")
        _rules[verb] = (model, rule)
        return rule

    return register


def rule_of(verb: str) -> tuple[type[Model], Rule]:
    """The model and the rule of a verb. Raises UnknownVerb."""
    try:
        return _rules[verb]
    except KeyError:
        raise UnknownVerb(verb) from None


def declared_verbs() -> dict[str, type[Model]]:
    """Every verb with its model, for the tests that walk the house."""
    return {verb: model for verb, (model, _rule) in _rules.items()}


def allowed(actor: Actor, verb: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """The rows of `queryset` on which the actor may do `verb`; no query is run."""
    model, rule = rule_of(verb)
    if queryset.model is not model:
        raise TypeError(f"{verb} rules {model.__name__}, not {queryset.model.__name__}")
    return queryset.filter(rule(actor))


def may(actor: Actor, verb: str) -> Combinable:
    """Whether the actor may do `verb` on each row, as an annotation: a page asks for its buttons with the row they stand on."""
    rule = rule_of(verb)[1](actor)
    return Value(True) if rule == EVERYONE else ExpressionWrapper(rule, BooleanField())


def get_allowed_or_404(actor: Actor, verb: str, queryset: QuerySet[M], **lookup: object) -> M:
    """The one row looked up, when the actor may do `verb` on it. Raises Http404; one query."""
    found = allowed(actor, verb, queryset).filter(**lookup).first()
    if found is None:
        raise Http404
    return found


def require(actor: Actor, capability: str) -> None:
    """Let only those who hold a capability pass; for the others the page does not exist. Raises Http404."""
    if not actor.has(capability):
        raise Http404
