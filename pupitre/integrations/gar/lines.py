"""The lines of the GAR on the console of a school: what is sent each night, and the resources that are read."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.asking import KEY
from pupitre.integrations.gar.facts import standing_here
from pupitre.integrations.gar.held import Standing
from pupitre.integrations.gar.policies import VIEW
from pupitre.integrations.gar.services.reading_resources import MODEL
from pupitre.integrations.gar.words import WHY
from pupitre.integrations.services.connectors import ConnectorLine, Switch
from pupitre.integrations.services.failures import FAILURES
from pupitre.integrations.services.models import Connector


def lines_of(actor: Actor, connectors: Sequence[Connector]) -> list[ConnectorLine]:
    """What is sent, and the resources when the GAR is a service open here; one statement."""
    if not actor.has(VIEW):
        return []
    page = reverse("gar:home", args=[actor.uai])
    found = [_sending(standing_here(), page)]
    readable = (each for each in connectors if each.is_on and each.service.release == MODEL)
    found += [_resources(each, page, actor) for each in list(readable)[:1]]
    return found


def _sending(standing: Standing, page: str) -> ConnectorLine:
    """It is opened on its own page: taking a school out makes the GAR forget it."""
    note = ""
    if standing.is_open is None:
        note = _("L’académie n’a pas encore réglé son accès : rien ne part.")
    elif not standing.is_open:
        note = _("L’académie a fermé le dépôt de nuit : rien ne part.")
    return ConnectorLine(
        key="gar",
        name=_("GAR : transmission de nuit"),
        address=page,
        is_on=standing.enrolled_at is not None and bool(standing.is_open),
        receives=_("Reçoit : nom, prénom, naissance, classe, groupes et matières des élèves et des personnels."),
        state=_("Inscrit") if standing.enrolled_at else _("Pas encore inscrit"),
        note=note,
        last_success_at=standing.sent_at,
        last_failure_at=standing.failed_at if standing.enrolled_at else None,
        failure=WHY.get(standing.why, ""),
    )


def _resources(connector: Connector, page: str, actor: Actor) -> ConnectorLine:
    is_on = connector.reader == KEY
    return ConnectorLine(
        key="gar-ressources",
        name=_("GAR : ressources de chacun"),
        address=page,
        is_on=is_on,
        receives=_("Donne au médiacentre les ressources de chacun ; le GAR est interrogé sous un numéro."),
        last_success_at=connector.last_success_at if is_on else None,
        last_failure_at=connector.last_failure_at if is_on else None,
        failure=FAILURES.get(connector.last_failure, ""),
        switch=Switch(reverse("gar:read", args=[actor.uai]), "lire", "non" if is_on else "oui"),
    )
