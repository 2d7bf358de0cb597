"""The line of OneRoster on the console of a school."""

from collections.abc import Sequence

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import plural
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.policies import MANAGE
from pupitre.integrations.services.connectors import ConnectorLine
from pupitre.integrations.services.models import Connector

_State = RosterFile.State


def lines_of(actor: Actor, connectors: Sequence[Connector]) -> list[ConnectorLine]:
    """How many services receive files, and how the last one went; one statement."""
    if not actor.has(MANAGE):
        return []
    rows = Receiver.objects.annotate(
        made_at=Max("files__ended_at", filter=Q(files__state=_State.READY)),
        failed_at=Max("files__ended_at", filter=Q(files__state=_State.FAILED) & ~Q(files__why="changed")),
    )
    found = list(rows.values_list("made_at", "failed_at"))
    return [
        ConnectorLine(
            key="oneroster",
            name=_("OneRoster : classes en fichier"),
            address=reverse("oneroster:home", args=[actor.uai]),
            is_on=bool(found),
            receives=_("Un outil reçoit les classes et qui y est, par un fichier que vous emportez."),
            state=plural(len(found), _("destinataire"), _("destinataires")) if found else _("Aucun destinataire"),
            last_success_at=max((made for made, _failed in found if made), default=None),
            last_failure_at=max((failed for _made, failed in found if failed), default=None),
            failure=_("Un fichier n’a pas pu être préparé : la page dit pourquoi."),
        )
    ]
