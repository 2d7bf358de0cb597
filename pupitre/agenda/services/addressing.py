"""For whom somebody may write an event: never wider than the people they answer for."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from pupitre.agenda.audiences import Audience
from pupitre.agenda.models import Event, EventAudience
from pupitre.agenda.policies import MANAGE, reader_of, works_here
from pupitre.agenda.refusals import Refusal
from pupitre.directory.models import Group
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

WIDEST = 60
"""Audiences of one event: beyond, the whole school is meant."""


def groups_to_address(actor: Actor) -> list[Group]:
    """The classes and groups of the year for which the actor may write: theirs, or all for whoever manages; one statement."""
    today = clock.today()
    rows = Group.objects.filter(school_year__starts_on__lte=today, school_year__ends_on__gte=today, ends_on=None)
    if not actor.has(MANAGE):
        if not works_here(actor):
            return []
        rows = rows.filter(pk__in=_team_groups(actor))
    return list(rows.order_by("kind", "label"))


def _team_groups(actor: Actor) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(reader_of(actor).team_groups)
        return [row[0] for row in cursor.fetchall()]


def check_audience(audience: Sequence[Audience], actor: Actor) -> None:
    """Refuse what is wider than what the actor may tell, in a sentence. Raises Refusal."""
    if not audience:
        raise Refusal(_("Dites pour qui est cet évènement, ou gardez-le pour vous."))
    if not works_here(actor):
        raise Refusal(_("Vous pouvez écrire dans votre agenda personnel seulement."))
    if len(audience) > WIDEST:
        raise Refusal(
            _("Cela fait beaucoup de groupes à la fois. Choisissez tout l’établissement, ou moins de groupes.")
        )
    known = {each.pk: each for each in groups_to_address(actor)}
    wide = any(each.group_id is None for each in audience)
    if wide and not actor.has(MANAGE):
        raise Refusal(
            _(
                "C’est trop large : vous pouvez écrire pour vos classes et vos groupes. Pour tout l’établissement, demandez à "
                "la vie scolaire ou à la direction."
            )
        )
    if any(each.group_id not in known for each in audience if each.group_id is not None):
        raise Refusal(
            _("C’est trop large : une classe choisie n’est pas l’une des vôtres, ou n’existe plus cette année.")
        )


def address(event: Event, audience: Sequence[Audience]) -> None:
    """Write for whom an event is, in place of what was written; two statements. The caller has checked."""
    EventAudience.objects.filter(event=event).delete()
    EventAudience.objects.bulk_create(
        EventAudience(establishment_id=event.establishment_id, event=event, party=each.party, group_id=each.group_id)
        for each in audience
    )
