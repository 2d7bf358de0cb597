"""Policies, the registry and the news between rooms."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import Http404

from pupitre.foundation import access, events
from pupitre.foundation.access import allowed, declared_verbs, policy, require
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry, Stamp
from pupitre.foundation.registry import Capability, MenuEntry, contribute, offered

ACTOR = Actor(1, 2, 3, "0990001N", frozenset({"teacher"}), frozenset({"directory.search"}))


def test_a_verb_without_a_rule_is_the_programmer_s_mistake():
    with pytest.raises(access.UnknownVerb):
        allowed(ACTOR, "nothing.like_this", Stamp.objects.all())


def test_a_verb_is_declared_once():
    verb = next(iter(declared_verbs()))
    with pytest.raises(RuntimeError, match="twice"):
        policy(verb, Stamp)(lambda _actor: access.EVERYONE)


def test_a_rule_is_never_used_on_another_model():
    verb, model = next((verb, model) for verb, model in declared_verbs().items() if model is not AuditEntry)
    with pytest.raises(TypeError, match=model.__name__):
        allowed(ACTOR, verb, AuditEntry.objects.all())


def test_a_right_one_does_not_hold_leads_nowhere():
    require(ACTOR, "directory.search")
    with pytest.raises(Http404):
        require(ACTOR, "imports.manage")


def test_a_key_offered_twice_stops_the_start():
    known = next(iter(offered(Capability)))
    with pytest.raises(RuntimeError, match="twice"):
        contribute(Capability(known.key, "encore"))


def test_every_line_of_the_menu_asks_for_a_right_that_exists():
    rights = {capability.key for capability in offered(Capability)}
    asked = {entry.capability for entry in offered(MenuEntry) if entry.capability}
    assert asked <= rights


@dataclass(frozen=True)
class Rang:
    """The bell rang."""


@pytest.mark.django_db(transaction=True)
def test_news_are_told_after_the_commit_and_never_after_a_roll_back():
    heard: list[Rang] = []
    events.listen(Rang)(heard.append)
    with transaction.atomic():
        events.publish(Rang())
        assert heard == []
    assert heard == [Rang()]
    with transaction.atomic():
        events.publish(Rang())
        transaction.set_rollback(True)
    assert heard == [Rang()]
