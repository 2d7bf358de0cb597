"""Giving a select what only the request knows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def offer(
    form: forms.Form, name: str, choices: Iterable[tuple[str, "StrOrPromise"]], *, none: "StrOrPromise | None" = None
) -> None:
    """Give a field of choices those of this request; `none`: what the empty choice is called, when there is one."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 # nosec B101 - typing alone
    first = [] if none is None else [("", none)]
    field.choices = [*first, *choices]
