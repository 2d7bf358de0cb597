"""Why a sign-in by a provider is refused: a code for the journal, a sentence and what to do for the person."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The sign-in stops here; `why` is a key of `WORDS`. Nothing is said of the person in the journal."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says: its title, what happened, what to do."""

    title: Promise
    what: Promise
    todo: Promise


_SCHOOL = _("Le secrétariat ou le référent numérique de l’établissement peut le vérifier avec la référence ci-dessous.")
_AGAIN = _("Recommencez depuis la page de connexion.")

WORDS: dict[str, Words] = {
    "unknown": Words(
        _("Cette identité n’est pas reconnue"),
        _(
            "La connexion a réussi de l’autre côté, mais aucune personne de Pupitre n’y correspond. Aucun compte n’est créé."
        ),
        _(
            "Avec une fiche de première connexion, ouvrez d’abord le compte Pupitre, puis reliez cette identité dans "
            "« Mon compte ». Sinon, l’établissement peut vérifier la fiche de la famille ou l’adresse professionnelle."
        ),
    ),
    "several": Words(
        _("Plusieurs personnes correspondent"),
        _("Cette identité peut être celle de plusieurs personnes de l’annuaire : Pupitre n’en choisit aucune."),
        _SCHOOL,
    ),
    "restricted": Words(
        _("L’accès est fermé"),
        _("L’établissement a fermé à ce compte l’accès aux élèves dont il dépend."),
        _("Seule la direction de l’établissement peut dire pourquoi, et le rouvrir."),
    ),
    "closed": Words(
        _("Ce compte est fermé"),
        _("Le compte Pupitre de cette personne est suspendu ou fermé. L’identité, elle, est bonne."),
        _("Le secrétariat de l’établissement peut dire pourquoi, et le rouvrir."),
    ),
    "no_role": Words(
        _("Plus rien n’est ouvert à ce compte"),
        _("Cette personne est connue, mais n’a plus de rôle dans aucun établissement aujourd’hui."),
        _SCHOOL,
    ),
    "no_account": Words(
        _("Cette personne n’a pas encore de compte"),
        _("Elle est dans l’annuaire, mais son compte Pupitre n’est pas encore créé."),
        _("L’établissement peut le créer et imprimer une fiche."),
    ),
    "wrong_door": Words(
        _("Ce n’est pas la bonne entrée"),
        _("Cette entrée n’est pas celle des personnes de ce profil."),
        _("Revenez à la page de connexion et choisissez l’autre entrée."),
    ),
    "taken": Words(
        _("Cette identité est déjà celle de quelqu’un d’autre"),
        _("Elle ouvre déjà un autre compte Pupitre, ou désigne une autre personne : elle n’est pas reliée à celui-ci."),
        _SCHOOL,
    ),
    "cancelled": Words(
        _("La connexion n’a pas été terminée"),
        _("Elle a été abandonnée ou refusée de l’autre côté."),
        _AGAIN,
    ),
    "expired": Words(
        _("Cette connexion n’est plus valable"),
        _("Elle a duré plus de dix minutes, a déjà servi, ou n’a pas commencé dans ce navigateur."),
        _AGAIN,
    ),
    "unreachable": Words(
        _("Le service d’identité ne répond pas"),
        _("Pupitre n’a pas pu lui parler. Ce n’est pas un problème de mot de passe."),
        _("Réessayez dans quelques minutes, ou entrez avec un compte Pupitre."),
    ),
    "certificate": Words(
        _("Le certificat du service d’identité est périmé"),
        _("Pupitre ne croit plus ce qu’il signe, jusqu’à ce que son nouveau certificat soit enregistré."),
        _("Prévenez le référent numérique avec la référence ci-dessous. En attendant, un compte Pupitre ouvre aussi."),
    ),
    "untrusted": Words(
        _("Cette réponse ne peut pas être crue"),
        _("Ce que le service d’identité a répondu n’est pas signé comme convenu, ou n’est pas pour Pupitre."),
        _("Recommencez ; si cela se répète, donnez la référence ci-dessous au référent numérique."),
    ),
    "incomplete": Words(
        _("Il manque de quoi vous reconnaître"),
        _("Le service d’identité n’a pas transmis ce que Pupitre attend (identifiant, adresse ou lien avec un élève)."),
        _("Donnez la référence ci-dessous au référent numérique : l’accord avec ce service est à compléter."),
    ),
}
