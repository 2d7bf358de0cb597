"""What the pages of accounts are sent."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pupitre.accounts.models import User
from pupitre.accounts.passwords import problem_of

_EMAIL = {
    "required": _("Il manque l’adresse électronique. Par exemple : nadia.belkacem@exemple.fr"),
    "invalid": _("Cette adresse électronique n’est pas complète. Par exemple : nadia.belkacem@exemple.fr"),
}


class SignInForm(forms.Form):
    """A username and a password; `next` and `kept` say what to go back to."""

    username = forms.CharField(
        label=_("Identifiant"), max_length=200, error_messages={"required": _("Il manque l’identifiant.")}
    )
    # A space may be part of a password.
    password = forms.CharField(
        label=_("Mot de passe"),
        widget=forms.PasswordInput,
        strip=False,
        max_length=1000,
        error_messages={"required": _("Il manque le mot de passe.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)


class ProveForm(forms.Form):
    """The password again; `next` says what asks it."""

    password = forms.CharField(
        label=_("Mot de passe"),
        widget=forms.PasswordInput,
        strip=False,
        max_length=1000,
        error_messages={"required": _("Il manque le mot de passe.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The code printed on a sheet."""

    code = forms.CharField(
        label=_("Code de la fiche"), max_length=40, error_messages={"required": _("Il manque le code de la fiche.")}
    )


class ProofForm(forms.Form):
    """A birth date in three boxes; `date` once valid."""

    birth_day = forms.CharField(required=False, max_length=4)
    birth_month = forms.CharField(required=False, max_length=4)
    birth_year = forms.CharField(required=False, max_length=6)

    @property
    def typed(self) -> tuple[str, str, str]:
        """What was typed, to be shown again."""
        day, month, year = (str(self[f"birth_{part}"].value() or "") for part in ("day", "month", "year"))
        return day, month, year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        parts = [str(data.get(f"birth_{part}", "")).strip() for part in ("year", "month", "day")]
        try:
            data["date"] = dt.date(*(int(part) for part in parts))
        except ValueError:
            raise ValidationError(
                _("Il faut un jour, un mois et une année qui existent. Par exemple : 31 03 2013"), "date"
            ) from None
        return data


class PasswordForm(forms.Form):
    """A password good enough for this account."""

    password = forms.CharField(
        label=_("Mot de passe"),
        widget=forms.PasswordInput,
        strip=False,
        error_messages={"required": _("Il manque le mot de passe.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        problem = problem_of(password, self.user)
        if problem:
            raise ValidationError(problem, "password")
        if self.user.password_expired_at and self.user.check_password(password):
            raise ValidationError(_("C’est l’ancien mot de passe : il en faut un autre."), "password")
        return password


class FirstPasswordForm(PasswordForm):
    """The last step of an activation."""

    email = forms.EmailField(label=_("Adresse électronique"), required=False, error_messages=_EMAIL)


class NewPasswordForm(PasswordForm):
    """Changing one's password: the current one proves who is at the keyboard."""

    current = forms.CharField(
        label=_("Mot de passe actuel"),
        widget=forms.PasswordInput,
        strip=False,
        error_messages={"required": _("Il manque le mot de passe actuel.")},
    )
    field_order = ("current", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Nouveau mot de passe")

    def clean_current(self) -> str:
        return _current(self.user, self.cleaned_data["current"])


class EmailForm(forms.Form):
    """Changing the address where links are sent."""

    email = forms.EmailField(label=_("Adresse électronique"), required=False, error_messages=_EMAIL)
    current = forms.CharField(
        label=_("Mot de passe actuel"),
        widget=forms.PasswordInput,
        strip=False,
        error_messages={"required": _("Il manque le mot de passe actuel.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_current(self) -> str:
        return _current(self.user, self.cleaned_data["current"])


class ForgottenForm(forms.Form):
    """Who forgot: a username or an address."""

    who = forms.CharField(
        label=_("Identifiant ou adresse électronique"),
        max_length=254,
        error_messages={"required": _("Il manque l’identifiant ou l’adresse électronique.")},
    )


def _current(user: User, typed: str) -> str:
    if not user.check_password(typed):
        raise ValidationError(_("Ce n’est pas le mot de passe actuel de ce compte."), "current")
    return typed
