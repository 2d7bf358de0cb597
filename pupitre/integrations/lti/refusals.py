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

WRONG_FIELDS = {
    "json": _("ce n’est pas une description d’outil lisible"),
    "size": _("ce qu’il a envoyé est trop long"),
    "tool_configuration": _("il ne dit pas comment il parle LTI"),
    "redirect_uris": _("une adresse de retour n’est pas celle de l’outil"),
    "initiate_login_uri": _("l’adresse de connexion n’est pas celle de l’outil"),
    "jwks_uri": _("l’adresse de ses clés publiques n’est pas celle de l’outil"),
    "target_link_uri": _("l’adresse à ouvrir n’est pas celle de l’outil"),
    "domain": _("son nom de domaine n’est pas celui de l’outil enregistré ici"),
    "token_endpoint_auth_method": _("il ne signe pas avec sa propre clé (private_key_jwt)"),
}
"""Why what a tool said of itself was refused; the other fields are named as the tool does."""
