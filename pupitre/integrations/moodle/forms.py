"""What the pages are sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.integrations.services.fields import AddressField

_WRONG_ADDRESS = _(
    "Cette adresse ne convient pas. Il faut l’adresse https de l’accueil de Moodle, sans nom d’utilisateur. "
    "Par exemple : https://moodle.exemple.fr/"
)
_WRONG_TOKEN = _("Un jeton de Moodle n’a que des lettres et des chiffres. Copiez-le de nouveau.")
_NO_ACCOUNT = (Profile.GUARDIAN, Profile.ACADEMY_ADMIN)


class _WithToken(forms.Form):
    jeton = forms.CharField(
        label=_("Jeton"),
        max_length=128,
        widget=forms.PasswordInput,
        help_text=_("Dans Moodle : Administration du site › Serveur › Services web › Gérer les jetons."),
        error_messages={"required": _("Il manque le jeton."), "max_length": _WRONG_TOKEN},
    )

    def clean_jeton(self) -> str:
        token = str(self.cleaned_data["jeton"]).strip()
        if not (token.isascii() and token.isalnum()):
            raise ValidationError(_WRONG_TOKEN, "token")
        return token


class TokenForm(_WithToken):
    """Another token."""


class LinkForm(_WithToken):
    """A Moodle to link."""

    adresse = AddressField(
        label=_("Adresse de Moodle"),
        max_length=300,
        wrong=_WRONG_ADDRESS,
        dropped=("login/index.php", "index.php", "my/"),
        has_query=False,
        help_text=_("Celle de son accueil, par exemple https://moodle.exemple.fr/"),
        error_messages={"required": _("Il manque l’adresse de Moodle.")},
    )
    profils = forms.MultipleChoiceField(
        label=_("Qui y entre"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(value, label) for value, label in Profile.choices if value not in _NO_ACCOUNT],
        initial=[Profile.STUDENT, Profile.TEACHER],
        error_messages={"required": _("Choisissez qui entre dans Moodle.")},
    )
    cours = forms.BooleanField(label=_("Créer un cours dans Moodle pour chaque enseignement"), required=False)
    field_order = ("adresse", "jeton", "profils", "cours")


class SettingsForm(forms.Form):
    """How the Moodle is kept."""

    tenu = forms.BooleanField(label=_("Comparer chaque nuit"), required=False)
    seul = forms.BooleanField(
        label=_("Appliquer sans attendre ce qui est trouvé la nuit"),
        required=False,
        help_text=_("Sinon, chaque comparaison attend que vous la vérifiiez."),
    )
    cours = forms.BooleanField(label=_("Créer un cours dans Moodle pour chaque enseignement"), required=False)
    lire = forms.BooleanField(
        label=_("Montrer à chacun ses cours et ce qu’il doit rendre dans Moodle"),
        required=False,
        help_text=_("Sur l’accueil, et dans la page « Travail à faire » des élèves."),
    )
    notes = forms.BooleanField(
        label=_("Rapporter les notes des activités"),
        required=False,
        help_text=_("L’enseignant les lit d’abord : rien ne compte avant qu’il les reprenne dans une évaluation."),
    )
    seuil = forms.IntegerField(
        label=_("Demander confirmation au-delà de ce pourcentage de comptes à suspendre"),
        min_value=0,
        max_value=100,
        error_messages={
            "required": _("Il manque un nombre de 0 à 100."),
            "invalid": _("Donnez un nombre de 0 à 100."),
            "min_value": _("Donnez un nombre de 0 à 100."),
            "max_value": _("Donnez un nombre de 0 à 100."),
        },
    )


def initial_of(site: Any) -> dict[str, Any]:
    """The settings as they stand."""
    return {
        "tenu": site.is_on,
        "seul": site.applies_alone,
        "cours": site.with_courses,
        "lire": bool(site.connector.reader),
        "notes": site.reads_marks,
        "seuil": site.most_suspended,
    }
