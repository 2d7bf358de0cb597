"""What the office types about a lesson, several lessons, and the delay of publication."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.timetable.models import Classroom, LessonChange
from pupitre.timetable.queries.office import Teacher
from pupitre.timetable.queries.planned import Facts, PlannedLesson

State = LessonChange.State
REASONS = (
    _("Professeur absent"),
    _("Professeur en formation"),
    _("Réunion"),
    _("Conseil de classe"),
    _("Sortie pédagogique"),
    _("Salle indisponible"),
    _("Examen"),
    _("Grève"),
)
"""Proposed, never imposed."""
LONGEST = 80


class DayField(forms.DateField):
    """A day, as browsers send it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)
        self.widget.input_type = "date"
        self.error_messages["invalid"] = _("Cette date ne se lit pas\N{NO-BREAK SPACE}: écrivez-la 24/11/2026.")


class HourField(forms.TimeField):
    """An hour, as browsers send it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S"], **kwargs)
        self.widget = forms.TimeInput(format="%H:%M")
        self.widget.input_type = "time"
        self.error_messages["invalid"] = _("Cette heure ne se lit pas\N{NO-BREAK SPACE}: écrivez-la 08:05.")


class ReasonField(forms.CharField):
    """Why, in a few words; the usual ones are proposed."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Motif"),
            required=False,
            max_length=LONGEST,
            help_text=_("Les élèves et les familles le lisent."),
            widget=forms.TextInput(attrs={"list": "motifs", "maxlength": LONGEST}),
        )


class LessonForm(forms.Form):
    """One lesson: whether it is held, when, where and with whom. Empty room and teacher: as its week says."""

    etat = forms.ChoiceField(label=_("Ce cours"), choices=State.choices, widget=forms.RadioSelect)
    jour = DayField(label=_("Jour"))
    debut = HourField(label=_("Début"))
    fin = HourField(label=_("Fin"))
    salle = forms.TypedChoiceField(label=_("Salle"), required=False, coerce=int, empty_value=None)
    professeur = forms.TypedChoiceField(label=_("Professeur"), required=False, coerce=int, empty_value=None)
    ds = forms.BooleanField(label=_("Devoir surveillé"), required=False)
    motif = ReasonField()

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        lesson: PlannedLesson,
        rooms: Sequence[Classroom],
        teachers: Sequence[Teacher],
        taken_rooms: set[int],
    ) -> None:
        self.lesson = lesson
        super().__init__(data, initial=_initial(lesson))
        usual = {each.pk: each for each in rooms}.get(lesson.classroom_id or 0)
        self._offer("salle", str(usual) if usual else "", [(each.pk, _room_label(each, taken_rooms)) for each in rooms])
        names = {each.person.pk: each.person.formal_name for each in teachers}
        people = ", ".join(names[each] for each in lesson.teacher_ids if each in names)
        self._offer("professeur", people, [(each.person.pk, _teacher_label(each)) for each in teachers])

    def _offer(self, name: str, usual: str, choices: list[tuple[int, str]]) -> None:
        first = _("Comme d’habitude (%(what)s)") % {"what": usual} if usual else _("Comme d’habitude")
        field = self.fields[name]
        field.choices = [("", first), *choices]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = (
            _("Cette salle n’existe pas dans l’établissement.")
            if name == "salle"
            else _("Cette personne n’enseigne pas dans l’établissement.")
        )

    def facts(self) -> Facts:
        """What is asked for, once valid. A lesson that is not held keeps the hours of its week."""
        data, lesson = self.cleaned_data, self.lesson
        room = data["salle"] or lesson.classroom_id
        people = (data["professeur"],) if data["professeur"] else lesson.teacher_ids
        if data["etat"] != State.HELD:
            return Facts(
                lesson.held_on, lesson.starts_at, lesson.ends_at, room, people, data["etat"], False, data["motif"]
            )
        return Facts(
            data["jour"], data["debut"], data["fin"], room, people, data["etat"], data["ds"], data["motif"].strip()
        )


class SeveralForm(forms.Form):
    """What to do with several lessons."""

    geste = forms.ChoiceField(
        label=_("Ces cours"),
        choices=[
            (State.CANCELLED.value, _("Sont annulés")),
            (State.OUTING.value, _("Laissent la place à une sortie")),
            (State.INTERNSHIP.value, _("Laissent la place à un stage")),
            ("test", _("Sont des devoirs surveillés")),
            ("retablir", _("Ont lieu comme d’habitude")),
        ],
    )
    motif = ReasonField()


class AddForm(forms.Form):
    """A lesson that no week gives."""

    cours = forms.TypedChoiceField(label=_("Cours"), coerce=int)
    jour = DayField(label=_("Jour"))
    debut = HourField(label=_("Début"))
    fin = HourField(label=_("Fin"))
    salle = forms.TypedChoiceField(label=_("Salle"), required=False, coerce=int, empty_value=None)
    motif = ReasonField()

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        courses: Sequence[tuple[int, str]],
        rooms: Sequence[Classroom],
        day: dt.date,
    ) -> None:
        super().__init__(data, initial={"jour": day})
        self.fields["cours"].choices = list(courses)  # type: ignore[attr-defined]
        self.fields["salle"].choices = [("", _("Aucune")), *((each.pk, str(each)) for each in rooms)]  # type: ignore[attr-defined]


class RulesForm(forms.Form):
    """How long a change waits before families see it."""

    DELAYS = (
        (0, _("Tout de suite")),
        (20, _("20 minutes après")),
        (60, _("Une heure après")),
        (240, _("Quatre heures après")),
        (1440, _("Un jour après")),
    )
    near_minutes = forms.TypedChoiceField(
        label=_("Pour les cours d’aujourd’hui et de demain"), coerce=int, choices=DELAYS
    )
    far_minutes = forms.TypedChoiceField(label=_("Pour les cours des autres jours"), coerce=int, choices=DELAYS)


def _initial(lesson: PlannedLesson) -> dict[str, Any]:
    now = lesson.facts
    return {
        "etat": now.state,
        "jour": now.on,
        "debut": now.starts_at,
        "fin": now.ends_at,
        "salle": "" if now.classroom_id == lesson.classroom_id else now.classroom_id,
        "professeur": "" if now.teacher_ids == lesson.teacher_ids else next(iter(now.teacher_ids), ""),
        "ds": now.is_test,
        "motif": now.reason,
    }


def _room_label(room: Classroom, taken: set[int]) -> str:
    state = _("occupée") if room.pk in taken else _("libre")
    return f"{room} · {state}"


def _teacher_label(teacher: Teacher) -> str:
    said = [_("a cours") if teacher.is_busy else _("libre")]
    if teacher.same_subject:
        said.append(_("même matière"))
    if teacher.knows_class:
        said.append(_("a cette classe"))
    return " · ".join([teacher.person.formal_name, *map(str, said)])
