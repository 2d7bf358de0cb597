"""What went wrong with a service, in words, by the code that is kept: never the words of the service itself.

`FAILURES` speaks to whoever looks after it; `trouble_of`, to people who only came for their marks.
"""

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text

FAILURES: dict[str, Text] = {
    "invalid_ticket": _("Le service a présenté un ticket déjà utilisé, trop vieux ou inconnu."),
    "invalid_service": _("Le service a présenté un ticket délivré pour une autre adresse que la sienne."),
    "proxy_callback": _("L’adresse où le service attend son jeton de délégation n’a pas répondu."),
    "unnameable": _("La personne n’a pas l’identifiant que le service attend."),
    "unknown_host": _("Le nom de ce serveur n’existe pas."),
    "private_host": _("Ce serveur est sur un réseau privé : l’administrateur de Pupitre doit l’autoriser."),
    "refused": _("Le serveur ne répond pas."),
    "timeout": _("Le serveur met trop longtemps à répondre."),
    "certificate": _("Le certificat du serveur n’est pas reconnu, ou n’est plus bon."),
    "too_large": _("La réponse est trop longue."),
    "status": _("Le serveur répond par une erreur."),
    "nobody": _("Le service ne connaît pas cette personne."),
    "proof": _(
        "Le service s’est présenté avec une preuve trop vieille, déjà vue, ou que ses clés ne confirment pas : "
        "il n’a rien reçu."
    ),
    "keys": _("L’adresse où le service publie ses clés ne répond pas comme il faut."),
    "elsewhere": _("Le service a demandé une réponse à une adresse qui n’est pas dans ses réglages."),
    "scope": _("Le service a demandé ce que ses réglages ne lui ouvrent pas : des notes, ou la liste d’une classe."),
    "request": _("Le service a fait une demande qui n’a pas la forme attendue."),
    "unreadable": _("La réponse du service n’est pas celle qui est attendue."),
}

_SILENT = frozenset({"unknown_host", "private_host", "refused", "timeout", "certificate"})
_NO_ANSWER = _("Cet outil ne répond pas en ce moment.")
_NO_ACCOUNT = _("Cet outil ne reconnaît pas ce compte. L’établissement peut y remédier.")
_WRONG_ANSWER = _("Cet outil répond mal en ce moment : il est peut-être en maintenance.")


def trouble_of(code: str) -> Text:
    """A failure as a home tells it: what happens, not why; « » when there is none."""
    if not code:
        return ""
    if code == "nobody":
        return _NO_ACCOUNT
    return _NO_ANSWER if code in _SILENT else _WRONG_ANSWER
