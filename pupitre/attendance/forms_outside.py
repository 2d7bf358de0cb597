"""What opens a register outside lessons."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.forms_office import HourField
from pupitre.attendance.models import OutsideRegister
from pupitre.attendance.queries.roll_call import local_now
from pupitre.directory.models import Group
from pupitre.foundation.ui.choices import offer


class OutsideForm(forms.Form):
    """What, where, when, and who is expected."""

    kind = forms.ChoiceField(label=_("Quoi"), choices=OutsideRegister.Kind.choices)
    place = forms.CharField(label=_("Lieu"), max_length=60, required=False)
    starts_at = HourField(label=_("De"))
    ends_at = HourField(label=_("À"))
    who = forms.ChoiceField(label=_("Qui est attendu"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, divisions: Sequence[Group]) -> None:
        now = local_now().replace(second=0, microsecond=0)
        later = min(now + dt.timedelta(hours=1), now.replace(hour=23, minute=58))
        super().__init__(data, initial={"starts_at": now.time(), "ends_at": later.time()})
        for name in ("starts_at", "ends_at"):
            self.fields[name].required = True
        known = [("internes", _("Les internes")), ("demi", _("Les demi-pensionnaires"))]
        classes = [(str(each.pk), each.label) for each in divisions]
        offer(
            self,
            "who",
            [*((a, str(b)) for a, b in known), *classes],
            none=_("Personne d’avance : j’ajoute ceux qui viennent"),
        )
