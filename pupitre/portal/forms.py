"""What the screens that arrange a home are sent: every block in order, those ticked, and the button pressed."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.portal.layout import Layout
from pupitre.portal.models import Window

_CHANGED = _("Cette page d’accueil a changé entre-temps. Voici ses blocs d’aujourd’hui : recommencez.")


class LayoutForm(forms.Form):
    """An arrangement of `blocks`. `locked` are imposed already; `may_lock` lets the school impose them."""

    order = forms.MultipleChoiceField(error_messages={"required": _CHANGED, "invalid_choice": _CHANGED})
    shown = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": _CHANGED})
    imposed = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": _CHANGED})
    up = forms.ChoiceField(required=False, error_messages={"invalid_choice": _CHANGED})
    down = forms.ChoiceField(required=False, error_messages={"invalid_choice": _CHANGED})
    imports_window = forms.ChoiceField(
        required=False,
        choices=Window.choices,
        error_messages={"invalid_choice": _("Choisissez une des périodes proposées pour les imports.")},
    )

    def __init__(
        self, data: Any, blocks: Sequence[str], *, locked: Collection[str] = (), may_lock: bool = False
    ) -> None:
        super().__init__(data)
        self.blocks, self.locked, self.may_lock = tuple(blocks), frozenset(locked), may_lock
        for name in ("order", "shown", "imposed", "up", "down"):
            self.fields[name].choices = [(block, block) for block in blocks]  # type: ignore[attr-defined]

    def clean_order(self) -> tuple[str, ...]:
        order: list[str] = self.cleaned_data["order"]
        if sorted(order) != sorted(self.blocks):
            raise forms.ValidationError(_CHANGED)
        return tuple(order)

    def layout(self) -> Layout:
        """The arrangement sent, with the block of the button pressed moved. Only on a valid form."""
        data = self.cleaned_data
        sent = Layout(data["order"], frozenset(self.blocks) - frozenset(data["shown"]))
        sent = sent.imposing(data["imposed"] if self.may_lock else self.locked)
        # In the school's own screen everything moves: what it imposes is the place it gives.
        free = Layout(sent.order) if self.may_lock else sent
        moved = free.moved(data["up"], -1).moved(data["down"], 1)
        return Layout(moved.order, sent.hidden, sent.locked)

    @property
    def moved_block(self) -> str:
        """The block whose button was pressed, or nothing."""
        pressed: str = self.cleaned_data.get("up") or self.cleaned_data.get("down") or ""
        return pressed

    @property
    def first_error(self) -> str:
        """What to tell: they all say that the page is to be started again."""
        return str(next(iter(self.errors.values()))[0])
