"""What is typed on the pages of skills."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pupitre.gradebook.mastery import Mode
from pupitre.gradebook.socle import Domain

_MOST_CELLS = 1200


class SkillForm(forms.Form):
    """A skill of the school."""

    domain = forms.ChoiceField(label=_("Composante du socle"), choices=Domain.choices)
    label = forms.CharField(
        label=_("Compétence"),
        max_length=160,
        error_messages={"required": _("Écrivez la compétence : un verbe, un objet.")},
    )


def modes_of(sent: QueryDict, keys: Any) -> dict[str, tuple[Mode, int]]:
    """How each skill becomes one level, as the form sends it; what cannot be read is left as it was."""
    found = {}
    for key in keys:
        mode, count = sent.get(f"m{key}", ""), sent.get(f"n{key}", "")
        if mode in set(Mode) and count.isdecimal() and len(count) < 3 and 1 <= int(count) <= 20:
            found[key] = (Mode(mode), int(count))
    return found


def levels_of(sent: QueryDict, prefix: str) -> dict[tuple[int, str], int]:
    """Levels by student and skill: « c12.CPD_FRA.1 » is 3, nothing is 0. `prefix` « b » is what was on the screen."""
    found: dict[tuple[int, str], int] = {}
    for name, text in list(sent.items())[: 2 * _MOST_CELLS]:
        student, dot, skill = name.removeprefix(prefix).partition(".")
        if (
            name.startswith(prefix)
            and dot
            and student.isdecimal()
            and len(student) < 19
            and str(text) in ("", *"01234")
        ):
            found[int(student), skill[:24]] = int(str(text) or 0)
    return found
