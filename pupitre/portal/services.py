"""Arranging homes. Each change raises the stamp of whoever sees it, so that no browser keeps the former page."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience
from pupitre.portal.layout import Layout
from pupitre.portal.models import PersonLayout, SchoolLayout


@transaction.atomic
def arrange_home(*, person_id: int, profile: str, layout: Layout, base: Layout, imports_window: str = "") -> None:
    """Keep a person's arrangement of their home as one profile.

    The same as `base`, their school's, it is not kept, so that what the school changes later still reaches them.
    """
    follows = (layout.order, layout.hidden) == (base.order, base.hidden)
    if follows and not imports_window:
        reset_home(person_id=person_id, profile=profile)
        return
    PersonLayout.objects.update_or_create(
        person_id=person_id,
        profile=profile,
        defaults={
            "blocks": [] if follows else list(layout.order),
            "hidden": [] if follows else sorted(layout.hidden),
            "imports_window": imports_window,
        },
    )
    raise_stamps([person_audience(person_id)])


@transaction.atomic
def reset_home(*, person_id: int, profile: str) -> None:
    """Go back to the arrangement of the school, or to Pupitre's."""
    PersonLayout.objects.filter(person_id=person_id, profile=profile).delete()
    raise_stamps([person_audience(person_id)])


def note_visit(*, person_id: int, profile: str, today: dt.date) -> None:
    """Remember the day of a visit, once a day; one statement. No stamp: what is shown today does not change by it."""
    rows = PersonLayout.objects.filter(person_id=person_id, profile=profile).exclude(visited_on=today)
    rows.update(previous_visit_on=F("visited_on"), visited_on=today)


@transaction.atomic
def arrange_school_home(*, profile: str, layout: Layout, actor: Actor) -> SchoolLayout:
    """Arrange the home of everyone of a profile in the open school; `layout.locked` are imposed on them."""
    row, _created = SchoolLayout.objects.update_or_create(
        profile=profile,
        defaults={
            "establishment_id": current_establishment_id(),
            "blocks": list(layout.order),
            "hidden": sorted(layout.hidden - layout.locked),
            "locked": sorted(layout.locked),
        },
    )
    raise_stamps([school_audience(current_establishment_id())])
    audit.record(actor, "portal.arrange_school_home", row, profile=profile)
    return row


@transaction.atomic
def reset_school_home(*, profile: str, actor: Actor) -> None:
    """Give a profile's home back the arrangement of Pupitre; what people chose for themselves stays."""
    row = SchoolLayout.objects.filter(profile=profile).first()
    if row is None:
        return
    audit.record(actor, "portal.reset_school_home", row, profile=profile)
    row.delete()
    raise_stamps([school_audience(current_establishment_id())])
