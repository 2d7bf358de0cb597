"""The line of the Moodle of a school on its console: linked or not, kept each night or when it is asked."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.actor import Actor
from pupitre.integrations.moodle.failures import FAILURES
from pupitre.integrations.moodle.models import Site
from pupitre.integrations.moodle.policies import MANAGE
from pupitre.integrations.services.connectors import ConnectorLine, Switch
from pupitre.integrations.services.models import Connector


def lines_of(actor: Actor, _connectors: Sequence[Connector]) -> list[ConnectorLine]:
    """The Moodle of the open school, linked or to be; one statement."""
    if not actor.has(MANAGE):
        return []
    page = reverse("moodle:site", args=[actor.uai])
    receives = _("Reçoit les comptes, les cohortes et, si on le veut, les cours ; rend les échéances et les notes.")
    site = Site.objects.defer("token").first()
    if site is None:
        unlinked = _("Pas encore relié")
        return [ConnectorLine("moodle", _("Moodle : comptes et cours"), page, False, receives, state=unlinked)]
    return [
        ConnectorLine(
            key="moodle",
            name=_("%(name)s : comptes et cours") % {"name": site.name or "Moodle"},
            address=page,
            is_on=site.is_on,
            receives=receives,
            state=_("Comparé chaque nuit") if site.is_on else _("Comparé à la demande"),
            last_success_at=site.last_success_at,
            last_failure_at=site.last_failure_at,
            failure=FAILURES.get(site.last_failure, ""),
            switch=Switch(reverse("moodle:switch", args=[actor.uai]), "tenu", "non" if site.is_on else "oui"),
            trial=reverse("moodle:attempt", args=[actor.uai]),
        )
    ]
