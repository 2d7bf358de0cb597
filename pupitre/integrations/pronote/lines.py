"""The line of each PRONOTE on the console of a school: whether the home reads it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.pronote.services.asking import KEY
from pupitre.integrations.services.connectors import ConnectorLine, Switch
from pupitre.integrations.services.failures import FAILURES
from pupitre.integrations.services.models import Connector, Service


def lines_of(actor: Actor, connectors: Sequence[Connector]) -> list[ConnectorLine]:
    """One for each PRONOTE that is open in the school; no statement."""
    found = [
        each
        for each in connectors
        if each.is_on and each.service.release == KEY and each.service.protocol == Service.Protocol.CAS
    ]
    return [_line(each, actor.uai) for each in sorted(found, key=lambda each: (each.service.name, each.pk))]


def _line(connector: Connector, uai: str) -> ConnectorLine:
    service: Service = connector.service
    is_on, at = connector.reader == KEY, {"uai": uai, "pk": service.pk}
    resting = service.resting_until_at if service.resting_until_at and service.resting_until_at > clock.now() else None
    return ConnectorLine(
        key=f"pronote-{service.pk}",
        name=_("%(name)s : lecture pour l’accueil") % {"name": service.name},
        address=reverse("pronote:bridge", kwargs=at),
        is_on=is_on,
        receives=_("Donne à l’accueil les notes, le travail, la vie scolaire et les messages de qui est connecté."),
        state=_("Lu") if is_on else _("Non lu"),
        note=_("Laissé tranquille après plusieurs échecs de suite.") if resting else "",
        last_success_at=connector.last_success_at if is_on else None,
        last_failure_at=connector.last_failure_at if is_on else None,
        failure=FAILURES.get(connector.last_failure, ""),
        failing_since_at=connector.failing_since_at if is_on else None,
        switch=Switch(reverse("pronote:reading", kwargs=at), "lire", "non" if is_on else "oui"),
        trial=reverse("pronote:attempt", kwargs=at),
    )
