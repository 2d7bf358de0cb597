import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.councils.models.sittings import LONGEST_MINUTES, LONGEST_SUMMARY
from pupitre.councils.orientation import PATHS, Level
from pupitre.reportcards.models import MOST_APPRECIATION, MOST_SYNTHESIS

SHORTEST_PHRASE = 12
_TYPED = {"strip": False, "required": False}


def _area(rows: int, most: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": most})


class ReviewForm(forms.Form):
    """What the council says of a student. The length of the synthesis is counted by the bulletins."""

    appreciation = forms.CharField(label=_("Appréciation générale"), widget=_area(4, MOST_SYNTHESIS), **_TYPED)  # type: ignore[arg-type]
    version = forms.IntegerField(min_value=0)
    avis = forms.ChoiceField(
        label=_("Avis du conseil"), required=False,
        error_messages={"invalid_choice": _("Cet avis n’est pas dans la liste de l’établissement : choisissez-en un autre.")},
    )  # fmt: skip
    voeux = forms.CharField(
        label=_("Vœux de la famille"), required=False, max_length=MOST_APPRECIATION, widget=_area(2, MOST_APPRECIATION),
        error_messages={"max_length": _("%(limit_value)s caractères au plus : il y en a %(show_value)s.")},
    )  # fmt: skip
    proposition = forms.ChoiceField(
        label=_("Proposition du conseil"), required=False,
        error_messages={"invalid_choice": _("Cette orientation n’existe pas à la fin de cette classe : choisissez-en une autre.")},
    )  # fmt: skip
    motif = forms.CharField(
        label=_("Pourquoi"), required=False, max_length=300,
        error_messages={"max_length": _("%(limit_value)s caractères au plus : il y en a %(show_value)s.")},
    )  # fmt: skip
    decision = forms.CharField(
        label=_("Décision du chef d’établissement"), required=False, max_length=MOST_APPRECIATION,
        error_messages={"max_length": _("%(limit_value)s caractères au plus : il y en a %(show_value)s.")},
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        mentions: Sequence[str],
        level: Level | None,
        decides: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        _choose(self.fields["avis"], [("", _("Aucun")), *((each, each) for each in mentions)])
        if level is None:
            for name in ("voeux", "proposition", "motif", "decision"):
                del self.fields[name]
            return
        _choose(self.fields["proposition"], [("", _("Pas encore")), *PATHS[level].items()])
        if not decides:
            del self.fields["decision"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("motif") and not data.get("proposition"):
            self.add_error("proposition", _("Choisissez d’abord la proposition que ce motif explique."))
        return data


class SittingForm(forms.Form):
    """The texts of a sitting; their lengths are counted by the service."""

    bilan = forms.CharField(
        label=_("Bilan de la classe"),
        widget=_area(5, LONGEST_SUMMARY),
        help_text=_("Lu par les délégués une fois publié : la classe seulement, jamais un élève en particulier."),
        **_TYPED,  # type: ignore[arg-type]
    )
    releve = forms.CharField(
        label=_("Compte rendu"),
        widget=_area(6, LONGEST_MINUTES),
        help_text=_("Pour l’équipe : ce qui a été dit et décidé. Les délégués ne le lisent pas."),
        **_TYPED,  # type: ignore[arg-type]
    )
    version = forms.IntegerField(min_value=0)


class PassphraseForm(forms.Form):
    """The passphrase of a file, twice."""

    phrase = forms.CharField(
        label=_("Phrase de passe"), min_length=SHORTEST_PHRASE, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("12 caractères au moins : quatre mots sans rapport se retiennent bien."),
        error_messages={
            "required": _("Choisissez une phrase de passe."),
            "min_length": _("%(limit_value)s caractères au moins : celle-ci en a %(show_value)s."),
        },
    )  # fmt: skip
    encore = forms.CharField(
        label=_("La même, une deuxième fois"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Tapez la phrase une deuxième fois : elle n’est gardée nulle part.")},
    )  # fmt: skip

    def clean_phrase(self) -> str:
        # As the page that opens the file reads it.
        return unicodedata.normalize("NFC", self.cleaned_data["phrase"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "phrase" in data and "encore" in data and data["phrase"] != unicodedata.normalize("NFC", data["encore"]):
            self.add_error("encore", _("Les deux phrases ne sont pas les mêmes : tapez-les de nouveau."))
        return data


def _choose(field: forms.Field, choices: Sequence[tuple[Any, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 # nosec B101 - typing alone
    field.choices = list(choices)
