"""What the forms of connectors are made of."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text
from pupitre.integrations.services.addresses import WrongAddress, parse_address

WRONG_ADDRESS = _(
    "Cette adresse ne convient pas. Il faut une adresse https complète, sans nom d’utilisateur, "
    "avec un nom de serveur. Par exemple : https://moodle.exemple.fr/"
)


class AddressField(forms.CharField):
    """The address of an outside service, as `addresses.parse_address` takes it; nothing when none is required.

    `wrong`: what is said of another; `dropped`: endings that people copy from their browser, taken off; `has_query`: whether what
    stands after « ? » is taken.
    """

    def __init__(
        self, *, wrong: Text = WRONG_ADDRESS, dropped: Sequence[str] = (), has_query: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.wrong, self.dropped, self.has_query = wrong, dropped, has_query

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        for end in self.dropped:
            text = text.removesuffix(end)
        return text

    def validate(self, value: Any) -> None:
        super().validate(value)
        try:
            is_wrong = bool(value) and bool(parse_address(value).query) and not self.has_query
        except WrongAddress:
            is_wrong = True
        if is_wrong:
            raise ValidationError(str(self.wrong), "address")
