from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.establishments.models import Establishment

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class SchoolForm(forms.Form):
    """What is asked to open a school. Source of the check letter: UAI, national register of schools."""

    uai = forms.CharField(
        label=_("Code UAI"), max_length=8, help_text=_("Sept chiffres et une lettre, par exemple 0999910J.")
    )
    name = forms.CharField(label=_("Nom de l’établissement"), max_length=120)
    town = forms.CharField(label=_("Commune"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=Establishment.Kind.choices)

    def clean_uai(self) -> str:
        uai: str = self.cleaned_data["uai"].strip().upper()
        if len(uai) != 8 or not uai[:7].isdigit() or uai[7] != _LETTERS[int(uai[:7]) % 23]:
            raise forms.ValidationError(
                _(
                    "Ce code UAI n’existe pas : la lettre ne va pas avec les chiffres. Recopiez-le depuis l’annuaire national."
                )
            )
        if Establishment.objects.filter(uai=uai).exists():
            raise forms.ValidationError(_("Cet établissement est déjà ouvert dans Pupitre."))
        return uai
