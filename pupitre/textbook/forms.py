"""What the pages that write are sent. Nothing typed is thrown away: what is wrong comes back with a sentence."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.foundation import clock
from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.textbook.models.entries import BODY_LENGTH, NOTE_LENGTH, TITLE_LENGTH
from pupitre.textbook.models.homework import DETAILS_LENGTH, WORK_LENGTH
from pupitre.textbook.queries.lessons import Lesson
from pupitre.textbook.refusals import NoDue
from pupitre.textbook.services.giving import Due, Work, due_in
from pupitre.textbook.services.writing import Session

OTHER = "autre"
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90, 120)
_LATE = ((0, _("Non")), (1, _("Un jour")), (3, _("Trois jours")), (7, _("Une semaine")))
_DIFFICULTIES = (("", _("non dite")), ("1", _("facile")), ("2", _("moyen")), ("3", _("difficile")))


class DayInput(forms.DateInput):
    """A day, as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """An hour, as browsers pick it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    """A day, written by a picker or by hand."""
    wrong = {"invalid": _("Écrivez la date comme 26/11/2026."), "required": _("Choisissez un jour.")}
    formats = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]
    return forms.DateField(
        label=label, required=required, widget=DayInput(), input_formats=formats, error_messages=wrong
    )


def hour_field(label: Any, *, required: bool = False) -> forms.TimeField:
    """An hour, written by a picker or by hand."""
    wrong = {"invalid": _("Écrivez l’heure comme 10:10."), "required": _("Choisissez une heure.")}
    return forms.TimeField(
        label=label, required=required, widget=HourInput(), input_formats=["%H:%M", "%H:%M:%S"], error_messages=wrong
    )


class SessionForm(forms.Form):
    """A session. Texts too long are said, never cut."""

    title = forms.CharField(label=_("Titre de la séance"), required=False, max_length=TITLE_LENGTH)
    body = forms.CharField(
        label=_("Ce qui a été fait"), required=False, max_length=BODY_LENGTH, widget=forms.Textarea(attrs={"rows": 6})
    )
    kind = forms.ChoiceField(label=_("Type"), choices=TextbookEntry.Kind.choices, required=False)
    room = forms.CharField(label=_("Salle"), required=False, max_length=40)
    private_note = forms.CharField(
        label=_("Note pour moi"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Lue par ceux qui enseignent ce cours. Jamais montrée aux familles, jamais exportée."),
    )
    # Not `elements`: a field of that name would hide the elements of its form from scripts.
    programme = forms.CharField(
        label=_("Éléments du programme"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Un par ligne."),
    )
    rule = forms.ChoiceField(label=_("Publication"), choices=TextbookEntry.Rule.choices, required=False)
    publish_on = day_field(_("Jour de publication"))
    publish_at = hour_field(_("Heure de publication"))

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or TextbookEntry.Kind.LESSON

    def clean_rule(self) -> str:
        return self.cleaned_data["rule"] or TextbookEntry.Rule.END

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("rule") == TextbookEntry.Rule.CHOSEN and "publish_on" in data and not data["publish_on"]:
            self.add_error("publish_on", _("Choisissez le jour de publication."))
        return data

    def session(self) -> Session:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        chosen = None
        if data["publish_on"]:
            chosen = dt.datetime.combine(data["publish_on"], data["publish_at"] or dt.time(7), clock.PARIS)
        return Session(
            title=data["title"],
            kind=data["kind"],
            room=data["room"],
            body=data["body"],
            private_note=data["private_note"],
            elements=data["programme"].splitlines(),
            rule=data["rule"],
            chosen_at=chosen,
        )


def session_initial(entry: TextbookEntry) -> dict[str, Any]:
    """A session as its form shows it."""
    chosen = entry.asked_at.astimezone(clock.PARIS) if entry.asked_at and entry.rule == "chosen" else None
    return {
        **{name: getattr(entry, name) for name in ("title", "body", "kind", "room", "private_note", "rule")},
        "programme": "\n".join(entry.elements),
        "publish_on": chosen.date() if chosen else None,
        "publish_at": chosen.time() if chosen else None,
    }


class WorkForm(forms.Form):
    """Work to do. Empty, it is no work: `is_given`."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Consigne"), required=False, max_length=WORK_LENGTH)
    details = forms.CharField(
        label=_("Précisions"), required=False, max_length=DETAILS_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    due = forms.CharField(required=False)
    due_on = day_field(_("Pour le"))
    kind = forms.ChoiceField(label=_("Nature"), choices=Homework.Kind.choices, required=False)
    minutes = forms.IntegerField(
        label=_("Durée estimée"),
        required=False,
        min_value=1,
        max_value=600,
        error_messages={"max_value": _("Un travail dure dix heures au plus.")},
    )
    difficulty = forms.ChoiceField(label=_("Difficulté"), choices=_DIFFICULTIES, required=False)
    mode = forms.ChoiceField(label=_("Comment les élèves le rendent"), choices=Homework.Mode.choices, required=False)
    external_url = forms.URLField(
        label=_("Adresse de l’autre site"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Cette adresse ne se lit pas. Elle commence par https://.")},
    )
    late_days = forms.TypedChoiceField(label=_("Accepter en retard"), choices=_LATE, coerce=int, required=False)
    for_some = forms.BooleanField(label=_("Pour quelques élèves seulement"), required=False)
    students = forms.TypedMultipleChoiceField(label=_("Élèves"), coerce=int, required=False)

    def __init__(
        self, *args: Any, lessons: Sequence[Lesson] = (), students: Sequence[tuple[int, str]] = (), **more: Any
    ) -> None:
        super().__init__(*args, **{**more, "prefix": "w"})
        self.lessons = {each.token: each for each in lessons}
        self.fields["students"].choices = list(students)  # type: ignore[attr-defined]

    def is_given(self) -> bool:
        """Whether anything was typed of it."""
        return bool(self.data.get("w-title", "").strip() or self.data.get("w-details", "").strip())

    def chosen_due(self) -> Due | None:
        """The day chosen so far, even when the rest is wrong."""
        if not self.is_bound:
            return None
        asked = self.data.get("w-due", "")
        if asked in self.lessons:
            return due_in(self.lessons[asked])
        try:
            on = forms.DateField(input_formats=["%Y-%m-%d", "%d/%m/%Y"]).clean(self.data.get("w-due_on", ""))
        except forms.ValidationError:
            return None
        return Due(on) if on else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.is_given():
            return data
        if not data.get("title") and "title" in data:
            self.add_error("title", _("Écrivez la consigne en quelques mots."))
        if self.chosen_due() is None and "due_on" in data:
            self.add_error("due_on", _("Pour quand est le travail ? Choisissez un cours, ou écrivez une date."))
        if data.get("mode") == Homework.Mode.EXTERNAL and not data.get("external_url") and "external_url" in data:
            self.add_error("external_url", _("Écrivez l’adresse de l’autre site."))
        return data

    def work(self, key: UUID) -> Work:
        """What was typed, once it is valid and given. Raises NoDue."""
        data, due = self.cleaned_data, self.chosen_due()
        if due is None:
            raise NoDue
        online = data["mode"] in (Homework.Mode.FILE, Homework.Mode.TEXT, Homework.Mode.AUDIO)
        return Work(
            key=data["key"] or key,
            title=data["title"],
            due=due,
            details=data["details"],
            kind=data["kind"] or (Homework.Kind.HAND_IN if online else Homework.Kind.EXERCISE),
            minutes=data["minutes"],
            difficulty=int(data["difficulty"]) if data["difficulty"] else None,
            mode=data["mode"] or Homework.Mode.NONE,
            external_url=data["external_url"],
            late_days=data["late_days"] or 0,
            is_individual=data["for_some"],
            students=data["students"],
        )


def work_initial(homework: Homework, students: Sequence[int] = ()) -> dict[str, Any]:
    """Work as its form shows it."""
    late = 0
    if homework.late_until_at is not None:
        late = max(0, (homework.late_until_at.astimezone(clock.PARIS).date() - homework.due_on).days)
    names = ("key", "title", "details", "due_on", "kind", "minutes", "difficulty", "mode", "external_url")
    return {
        **{name: getattr(homework, name) for name in names},
        "due": _token(homework),
        "late_days": late,
        "for_some": homework.is_individual,
        "students": list(students),
    }


def _token(homework: Homework) -> str:
    """How the form names the lesson a work is due in: as `Lesson.token`."""
    if homework.lesson_at is None:
        return OTHER
    token = f"{homework.lesson_on}@{homework.lesson_at:%H:%M}"
    is_moved = (homework.due_on, homework.due_at) != (homework.lesson_on, homework.lesson_at)
    return f"{token}@{homework.due_on}" if is_moved else token


class ExtraForm(forms.Form):
    """Where a session without a service stands: which group, when, and what it is."""

    group = forms.TypedChoiceField(
        label=_("Classe ou groupe"), coerce=int, error_messages={"required": _("Choisissez une classe.")}
    )
    occasion = forms.CharField(
        label=_("De quoi s’agit-il ?"),
        max_length=80,
        help_text=_("Remplacement, sortie, intervention…"),
        error_messages={"required": _("Écrivez ce qui remplace la matière : remplacement, sortie…")},
    )
    held_on = day_field(_("Jour"), required=True)
    until_on = day_field(_("Jusqu’au"))
    starts_at = hour_field(_("De"), required=True)
    ends_at = hour_field(_("À"))

    def __init__(self, *args: Any, groups: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **{**more, "prefix": "x"})
        self.fields["group"].choices = list(groups)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("held_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("La séance finit avant de commencer. Choisissez un jour qui suit."))
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("La séance finit avant de commencer. Choisissez une heure qui suit."))
        return data


class VisaForm(forms.Form):
    """The visa of a cahier de textes."""

    read_until_on = day_field(_("Lu jusqu’au"), required=True)
    comment = forms.CharField(label=_("Observation"), required=False, max_length=500)
