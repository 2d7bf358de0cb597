"""How a provider is shown to whoever looks after it: where it is, until when its certificates are good, what it refused."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.foundation.registry import Text
from pupitre.foundation.ui.french import day_year, plural
from pupitre.integrations.federation.certificates import pieces
from pupitre.integrations.federation.looking_after import Keeper
from pupitre.integrations.federation.models import Provider

_SOON = 45
_A_MONTH = dt.timedelta(days=30)
REFUSALS: dict[str, Text] = {
    "unknown": gettext_lazy("personne ne correspond dans l’annuaire"),
    "several": gettext_lazy("plusieurs personnes correspondent"),
    "restricted": gettext_lazy("accès fermé par l’établissement"),
    "closed": gettext_lazy("compte suspendu ou fermé"),
    "no_role": gettext_lazy("plus aucun rôle aujourd’hui"),
    "no_account": gettext_lazy("aucun compte"),
    "wrong_door": gettext_lazy("entré par la porte d’un autre public"),
    "taken": gettext_lazy("identité déjà reliée à une autre personne"),
    "cancelled": gettext_lazy("abandon"),
    "expired": gettext_lazy("connexion trop lente, ou horloges en désaccord"),
    "unreachable": gettext_lazy("le fournisseur n’a pas répondu"),
    "certificate": gettext_lazy("certificat périmé"),
    "untrusted": gettext_lazy("réponse qui n’est pas digne de foi"),
    "incomplete": gettext_lazy("réponse sans ce qui permet de reconnaître la personne"),
}


@dataclass(frozen=True, slots=True)
class Validity:
    """Until when a certificate is good, in words. `level`: « ok », « warn » soon, « bad » when it is over."""

    words: str
    level: str


@dataclass(frozen=True, slots=True)
class Card:
    """A provider on the list. `validity`: of the last certificate to end; None without any (OpenID Connect)."""

    provider: Provider
    place: str
    validity: Validity | None
    certificates: list[Validity]
    own: Validity | None
    may_change: bool


def card_of(provider: Provider, keeper: Keeper) -> Card:
    """How a provider is shown; no statement."""
    ends = sorted(until for _pem, until in pieces(provider.certificates))
    own = [until for _pem, until in pieces(provider.own_certificate)]
    certificates = [_validity(until) for until in ends]
    return Card(
        provider,
        _place(provider),
        certificates[-1] if certificates else None,
        certificates,
        _validity(own[0]) if own else None,
        keeper.may_change(provider),
    )


def refusals_of(provider: Provider, most: int = 10) -> list[AuditEntry]:
    """The last refusals of a month: when, a reference, a reason; nobody’s name. One statement."""
    since = clock.now() - _A_MONTH
    rows = AuditEntry.objects.filter(
        establishment_id=None, at__gte=since, verb="federation.refuse", target_id=provider.pk
    )
    return list(rows.order_by("-at")[:most])


def _place(provider: Provider) -> str:
    if provider.establishment is not None:
        return provider.establishment.name
    return (
        _("Académie %(n)s") % {"n": provider.academy}
        if provider.academy
        else _("Tous les établissements de ce serveur")
    )


def _validity(until: dt.datetime) -> Validity:
    days = (until - clock.in_world(clock.now())).days
    day = day_year(until)
    if days < 0:
        return Validity(_("Certificat périmé depuis le %(day)s : les connexions sont refusées.") % {"day": day}, "bad")
    if days <= _SOON:
        left = plural(days, _("jour"), _("jours"))
        return Validity(
            _("Certificat valable jusqu’au %(day)s, dans %(left)s : demandez les nouvelles métadonnées.")
            % {"day": day, "left": left},
            "warn",
        )
    return Validity(_("Certificat valable jusqu’au %(day)s.") % {"day": day}, "ok")
