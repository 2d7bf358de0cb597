"""Why a tool or a person is not led on, each with what the page or the answer says."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An error told to the tool at its redirection (OpenID Connect Core §3.1.2.6)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotLed(Exception):
    """The person stays here, on a page that says why; `why` is a key of `SENTENCES`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotProved(ValueError):
    """A signed message that is not the tool's, not for us, too old, or already seen; holds a word for the journal."""


SENTENCES = {
    "unknown": _(
        "Un site a demandé qui vous êtes, mais aucun établissement ne l’a enregistré : rien ne lui a été dit."
    ),
    "elsewhere": _("L’outil a demandé une réponse à une adresse qui n’est pas la sienne : rien ne lui a été dit."),
    "stale": _("Ce passage vers l’outil a déjà servi, ou a attendu trop longtemps. Rouvrez le lien depuis Pupitre."),
    "other": _("Ce passage a été ouvert avec un autre compte que le vôtre. Rouvrez le lien depuis Pupitre."),
    "closed": _("Cet outil n’est plus ouvert avec votre compte dans cet établissement, ou ce lien a été retiré."),
    "unproved": _(
        "Ce que l’outil a renvoyé n’est pas signé comme il faut : rien n’a été ajouté. Recommencez le choix."
    ),
    "not_ready": _("Cet outil n’est pas encore réglé : ses adresses manquent. Le référent numérique peut les écrire."),
}
