from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.ui.french import DAYS, capfirst, hour
from pupitre.notifications.kinds import Audience
from pupitre.notifications.models import Channel, Rhythm, SchoolRhythm
from pupitre.notifications.queries import Child
from pupitre.notifications.quiet_hours import Opening, QuietHours, Week
from pupitre.notifications.screens import KindLine

HALF_HOURS = [time(h, m) for h in range(7, 20) for m in (0, 30)]
WEEK = [(number, capfirst(day)) for number, day in enumerate(DAYS)]


class RhythmsForm(forms.Form):
    """How often, kind by kind. A kind that the school locked has no field."""

    def __init__(self, *args: Any, lines: Sequence[KindLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            if line.is_locked:
                continue
            label = str(line.kind.label)
            self.fields[_name("mail", line)] = forms.ChoiceField(label=label, choices=Rhythm.choices, initial=line.mail)
            self.fields[_name("push", line)] = forms.BooleanField(label=label, required=False, initial=line.push)
            if line.has_sms:
                self.fields[_name("sms", line)] = forms.BooleanField(label=label, required=False, initial=line.sms)

    def rows(self) -> list[dict[str, Any]]:
        """By kind: the line and its bound fields; None where there is no field."""
        return [
            {"line": line, **{channel: self._bound(channel, line) for channel in Channel.values}} for line in self.lines
        ]

    def _bound(self, channel: str, line: KindLine) -> forms.BoundField | None:
        name = _name(channel, line)
        return self[name] if name in self.fields else None

    def rhythms(self) -> dict[tuple[str, str], str]:
        """What was chosen, by kind and channel, once valid."""
        chosen = {}
        for name, value in self.cleaned_data.items():
            channel, _colon, kind = name.partition(":")
            at_once = Rhythm.IMMEDIATE if value else Rhythm.NEVER
            chosen[kind, channel] = value if channel == Channel.MAIL else at_once.value
        return chosen


def _name(channel: str, line: KindLine) -> str:
    return f"{channel}:{line.kind.key}"


class TimesForm(forms.Form):
    """When digests come; for those who work in a school, when they may be reached."""

    daily_at = forms.TypedChoiceField(
        label=_("Heure du résumé"),
        coerce=time.fromisoformat,
        choices=[(each.isoformat("minutes"), hour(each)) for each in HALF_HOURS],
    )
    weekly_day = forms.TypedChoiceField(label=_("Jour du résumé de la semaine"), coerce=int, choices=WEEK[:5])
    is_weekly_only = forms.BooleanField(
        label=_("Tout en un seul message, une fois par semaine (sauf l’urgent)"), required=False
    )
    opens_at = forms.TimeField(label=_("À partir de"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    closes_at = forms.TimeField(label=_("Jusqu’à"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    working_days = forms.TypedMultipleChoiceField(
        label=_("Les jours"), required=False, coerce=int, choices=WEEK, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, works: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if works else ("opens_at", "closes_at", "working_days"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if (opens is None) != (closes is None):
            self.add_error("closes_at", _now("Donnez les deux heures, ou aucune."))
        elif opens is not None and closes is not None and closes != time(0) and closes <= opens:
            self.add_error("closes_at", _now("L’heure de fin vient après l’heure de début, par exemple 18:00."))
        elif opens is not None and not data.get("working_days"):
            self.add_error("working_days", _now("Cochez au moins un jour."))
        return data


class MuteForm(forms.Form):
    """Silence of a kind, about a child, from somebody, for a time."""

    DURATIONS = {"1": _("une heure"), "24": _("un jour"), "168": _("une semaine"), "336": _("deux semaines")}

    child = forms.TypedChoiceField(label=_("À propos de"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Quoi"), required=False)
    author = forms.TypedChoiceField(label=_("De qui"), required=False, coerce=int, empty_value=None)
    hours = forms.TypedChoiceField(label=_("Pendant"), coerce=int, choices=list(DURATIONS.items()))

    def __init__(
        self,
        *args: Any,
        children: Sequence[Child],
        kinds: Iterable[tuple[str, str]],
        authors: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        about: Any = self.fields["child"]
        about.choices = [("", _("tous mes enfants")), *{each.id: each.name for each in children}.items()]
        what: Any = self.fields["kind"]
        what.choices = [("", _("tout, sauf l’urgent")), *kinds]
        if not children:
            del self.fields["child"]
        self.authors = authors
        by: Any = self.fields["author"]
        by.choices = [("", _("tout le monde")), *authors.items()]
        if not authors:
            del self.fields["author"]

    def by_whom(self) -> tuple[int, str] | None:
        """Of whom, once valid."""
        chosen = self.cleaned_data.get("author")
        return (chosen, self.authors[chosen]) if chosen else None

    def until(self, now: datetime) -> datetime:
        """Until when, once valid."""
        return now + timedelta(hours=self.cleaned_data["hours"])


class BrowserForm(forms.Form):
    """What a browser gives when its owner accepts our notices."""

    endpoint = forms.CharField(max_length=600)
    p256dh = forms.RegexField(r"^[\w-]{80,100}={0,2}$")
    auth = forms.RegexField(r"^[\w-]{20,30}={0,2}$")


class HoursForm(forms.Form):
    """The school's week: two hours a day, none for a day that stays closed."""

    def __init__(self, *args: Any, rules: QuietHours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, day in WEEK:
            opening = rules.week[number]
            for end, label in (("opens", _("%(day)s, de")), ("closes", _("%(day)s, à"))):
                self.fields[f"{end}_{number}"] = forms.TimeField(
                    label=str(label) % {"day": day},
                    required=False,
                    initial=opening and getattr(opening, end),
                    widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
                )

    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """By day: its name and its two fields."""
        return [(day, self[f"opens_{number}"], self[f"closes_{number}"]) for number, day in WEEK]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number, _day in WEEK:
            opens, closes = data.get(f"opens_{number}"), data.get(f"closes_{number}")
            if (opens is None) != (closes is None):
                self.add_error(f"closes_{number}", _now("Donnez les deux heures, ou aucune pour fermer ce jour."))
            elif opens is not None and closes is not None and closes != time(0) and closes <= opens:
                self.add_error(
                    f"closes_{number}", _now("L’heure de fin vient après l’heure de début, par exemple 20:00.")
                )
        if not self.errors and not any(self.week()):
            raise forms.ValidationError(
                _now("Les familles doivent pouvoir être prévenues au moins un jour. Ouvrez-en un.")
            )
        return data

    def week(self) -> Week:
        """The openings, once every day is understood."""
        pairs = [(self.cleaned_data.get(f"opens_{n}"), self.cleaned_data.get(f"closes_{n}")) for n, _day in WEEK]
        return tuple(
            Opening(opens, closes) if opens is not None and closes is not None else None for opens, closes in pairs
        )


class SchoolRhythmsForm(forms.Form):
    """What the school decides of each kind, for one audience."""

    audience = forms.ChoiceField(choices=Audience.choices, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kinds: Iterable[tuple[str, str]], decided: Iterable[SchoolRhythm] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = list(kinds)
        known = {each.kind: each for each in decided}
        choices = [("", _("Comme Pupitre le propose")), *Rhythm.choices]
        for key, label in self.kinds:
            row = known.get(key)
            self.fields[f"rhythm:{key}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=row.rhythm if row else ""
            )
            self.fields[f"locked:{key}"] = forms.BooleanField(
                label=_("Personne ne peut le changer"), required=False, initial=bool(row and row.is_locked)
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """By kind: its rhythm and its lock."""
        return [(self[f"rhythm:{key}"], self[f"locked:{key}"]) for key, _label in self.kinds]

    def rhythms(self) -> dict[str, tuple[str, bool]]:
        """What was decided by kind, once valid."""
        data = self.cleaned_data
        return {key: (data[f"rhythm:{key}"], data[f"locked:{key}"]) for key, _label in self.kinds}
