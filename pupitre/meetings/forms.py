"""What the pages of an evening are sent; a page that comes back still holds what was typed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group
from pupitre.foundation.clock import PARIS
from pupitre.foundation.ui.french import in_paris
from pupitre.meetings.models import Meeting, MeetingTeacher
from pupitre.meetings.services.preparing import Evening, Place


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _hour() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class MeetingForm(forms.Form):
    """An evening: its hours, how long a meeting lasts, the wishes, the classes."""

    titre = forms.CharField(
        label=_("Titre"),
        max_length=120,
        help_text=_("Par exemple : Rencontre parents-professeurs des 4e."),
        error_messages={"required": _("Il faut un titre.")},
    )
    le = forms.DateField(label=_("Jour"), widget=_day(), error_messages={"required": _("Il faut un jour.")})
    debut = forms.TimeField(label=_("De"), widget=_hour(), error_messages={"required": _("Il faut une heure.")})
    fin = forms.TimeField(label=_("À"), widget=_hour(), error_messages={"required": _("Il faut une heure.")})
    duree = forms.IntegerField(
        label=_("Durée d’un rendez-vous, en minutes"),
        min_value=5,
        max_value=30,
        initial=10,
        error_messages={"min_value": _("Cinq minutes au moins."), "max_value": _("Trente minutes au plus.")},
    )
    battement = forms.IntegerField(
        label=_("Battement entre deux rendez-vous, en minutes"),
        min_value=0,
        max_value=15,
        initial=0,
        required=False,
        error_messages={"max_value": _("Quinze minutes au plus.")},
    )
    pause_debut = forms.TimeField(label=_("Pause de"), widget=_hour(), required=False)
    pause_fin = forms.TimeField(label=_("à"), widget=_hour(), required=False)
    voeux = forms.IntegerField(
        label=_("Rencontres demandées par famille, au plus"),
        min_value=1,
        max_value=20,
        initial=6,
        error_messages={"max_value": _("Vingt au plus.")},
    )
    ferme_le = forms.DateField(
        label=_("Les vœux se ferment le"), widget=_day(), error_messages={"required": _("Il faut un jour.")}
    )
    ferme_a = forms.TimeField(label=_("à"), widget=_hour(), initial=dt.time(20), required=False)
    confirmer_le = forms.DateField(
        label=_("Dernier jour pour confirmer"),
        widget=_day(),
        required=False,
        help_text=_("Passé ce jour, un rendez-vous non confirmé est rendu libre. Laissez vide pour n’en rendre aucun."),
    )
    mot = forms.CharField(
        label=_("Un mot aux familles"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Où entrer, où se garer. 300 lettres au plus."),
    )
    classes = forms.MultipleChoiceField(
        label=_("Classes invitées"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["classes"]).choices = [(str(g.pk), g.label) for g in groups]

    def evening(self) -> Evening:
        """The evening, once valid."""
        data = self.cleaned_data
        return Evening(
            title=data["titre"],
            held_on=data["le"],
            starts_at=data["debut"],
            ends_at=data["fin"],
            slot_minutes=data["duree"],
            gap_minutes=data["battement"] or 0,
            pause_starts_at=data["pause_debut"],
            pause_ends_at=data["pause_fin"],
            most_wishes=data["voeux"],
            closes_at=dt.datetime.combine(data["ferme_le"], data["ferme_a"] or dt.time(20), PARIS),
            confirm_until_on=data["confirmer_le"],
            note=data["mot"],
        )


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """An evening as the form shows it."""
    closes = in_paris(meeting.closes_at)
    return {
        "titre": meeting.title,
        "le": meeting.held_on,
        "debut": meeting.starts_at,
        "fin": meeting.ends_at,
        "duree": meeting.slot_minutes,
        "battement": meeting.gap_minutes,
        "pause_debut": meeting.pause_starts_at,
        "pause_fin": meeting.pause_ends_at,
        "voeux": meeting.most_wishes,
        "ferme_le": closes.date(),
        "ferme_a": closes.time(),
        "confirmer_le": meeting.confirm_until_on,
        "mot": meeting.note,
        "classes": [str(each.group_id) for each in meeting.groups.all()],
    }


class PlaceForm(forms.Form):
    """Where and when one teacher receives."""

    room = forms.CharField(
        max_length=40, required=False, error_messages={"max_length": _("Salle : 40 lettres au plus.")}
    )
    zone = forms.CharField(
        max_length=40, required=False, error_messages={"max_length": _("Lieu : 40 lettres au plus.")}
    )
    from_at = forms.TimeField(required=False, error_messages={"invalid": _("L’heure s’écrit 17:30.")})
    until_at = forms.TimeField(required=False, error_messages={"invalid": _("L’heure s’écrit 17:30.")})
    video_url = forms.URLField(
        max_length=300, required=False, assume_scheme="https",
        error_messages={"invalid": _("L’adresse de la visioconférence commence par https:// et ne se lit pas ainsi.")},
    )  # fmt: skip


def places_sent(data: QueryDict, teachers: Sequence[MeetingTeacher]) -> tuple[dict[int, Place], list[int], str]:
    """The places of teachers as a page sends them, those left out, and the first thing that is wrong."""
    places, out = {}, []
    for each in teachers:
        form = PlaceForm(data, prefix=f"t{each.pk}")
        if f"t{each.pk}-out" in data:
            out.append(each.pk)
        elif not form.is_valid():
            return {}, [], f"{each.name} : {next(iter(form.errors.values()))[0]}"
        else:
            places[each.pk] = Place(**form.cleaned_data)
    return places, out, ""


def levels_sent(data: QueryDict) -> dict[tuple[int, int], int]:
    """What is asked of each teacher for each child (`v-<child>-<teacher>`), none when it says nothing that we know."""
    found = {}
    for name in data:
        parts = name.split("-")
        if len(parts) == 3 and parts[0] == "v" and all(part.isdecimal() and len(part) < 19 for part in parts[1:]):
            value = data.get(name, "")
            found[int(parts[1]), int(parts[2])] = int(value) if value in ("1", "2") else 0
    return found


def hours_sent(data: QueryDict) -> list[dt.time]:
    """The half-hours ticked."""
    found = []
    for text in data.getlist("absent"):
        try:
            found.append(dt.time.fromisoformat(text))
        except ValueError:
            continue
    return found


def number_sent(data: Mapping[str, Any], name: str) -> int:
    """A number of ours, or -1."""
    text = data.get(name, "")
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 10 else -1
