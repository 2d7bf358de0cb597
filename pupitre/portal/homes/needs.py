"""What waits for a person, as the home shows it and as its first sentence says it."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pupitre.foundation.registry import Action
from pupitre.portal.cards import NeedsMe

_URGENCY = {"bad": 0, "warn": 1}
_CIVILITIES = {"Mme": gettext_lazy("Madame"), "M.": gettext_lazy("Monsieur")}


def needs_me(actions: list[Action]) -> list[NeedsMe]:
    """What waits, the most urgent first."""
    return [
        NeedsMe(each.label, each.detail, each.url, each.verb, each.level, each.icon)
        for each in sorted(actions, key=lambda each: _URGENCY.get(each.level, 2))
    ]


def waiting(count: int, *, is_sure: bool) -> str:
    """« Une chose vous attend. », with its markup. Without being sure, never says that nothing does."""
    if not count:
        return _("Rien ne vous attend.") if is_sure else _("Ce qui vous attend n’a pas pu être lu.")
    if is_sure:
        text = ngettext("<b>Une chose vous attend</b>.", "<b>{} choses vous attendent</b>.", count)
    else:
        text = ngettext("<b>Au moins une chose vous attend</b>.", "<b>Au moins {} choses vous attendent</b>.", count)
    return format_html(text, count)


def greeted(formal_name: str) -> str:
    """« Madame Roussel »: a civility is not shortened in a greeting."""
    first, _space, rest = formal_name.partition(" ")
    return f"{_CIVILITIES[first]} {rest}" if rest and first in _CIVILITIES else formal_name
