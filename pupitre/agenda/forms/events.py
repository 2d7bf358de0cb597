"""What is typed of an event: when, for whom, how often."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.agenda.audiences import Audience, Party
from pupitre.agenda.kinds import APART
from pupitre.agenda.models import Event
from pupitre.agenda.services.scheduling import EventFacts
from pupitre.directory.forms_days import DayField, HourField
from pupitre.directory.models import Group

ME, SCHOOL, GROUPS = "moi", "ecole", "groupes"
RULES = {"jour": "FREQ=DAILY", "semaine": "FREQ=WEEKLY", "quinzaine": "FREQ=WEEKLY;INTERVAL=2", "mois": "FREQ=MONTHLY"}
_REPEATS = (
    ("", _("Une seule fois")),
    ("jour", _("Chaque jour")),
    ("semaine", _("Chaque semaine")),
    ("quinzaine", _("Toutes les deux semaines")),
    ("mois", _("Chaque mois")),
)
_REMINDERS = (
    ("", _("Aucun")),
    ("60", _("Une heure avant")),
    ("1440", _("La veille")),
    ("2880", _("Deux jours avant")),
    ("10080", _("Une semaine avant")),
)


class WhenForm(forms.Form):
    """When something happens, and where."""

    titre = forms.CharField(label=_("Titre"), max_length=120)
    le = DayField(label=_("Jour"))
    jusquau = DayField(label=_("Jusqu’au"), required=False, help_text=_("Quand cela dure plusieurs jours."))
    de = HourField(label=_("De"), required=False, help_text=_("Laissez vide pour toute la journée."))
    a = HourField(label=_("À"), required=False)
    lieu = forms.CharField(label=_("Lieu"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("de") and not data.get("a") and "a" not in self.errors:
            self.add_error("a", _("Il manque l’heure de la fin."))
        if data.get("a") and not data.get("de") and "de" not in self.errors:
            self.add_error("de", _("Il manque l’heure du début."))
        if data.get("le") and data.get("jusquau") and data["jusquau"] < data["le"]:
            self.add_error("jusquau", _("La fin vient avant le début."))
        return data

    @property
    def span(self) -> dict[str, Any]:
        """The days and hours typed, once valid, as fields of `EventFacts`."""
        data = self.cleaned_data
        return {
            "starts_on": data["le"],
            "ends_on": data["jusquau"] or data["le"],
            "starts_at": data["de"],
            "ends_at": data["a"],
            "place": data["lieu"],
        }


class EventForm(WhenForm):
    """An event of the calendar. Councils and outings have forms of their own."""

    nature = forms.ChoiceField(
        label=_("Type"),
        choices=[each for each in Event.Kind.choices if each[0] not in APART],
        initial=Event.Kind.MEETING,
    )
    texte = forms.CharField(
        label=_("Précisions"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )
    pour = forms.ChoiceField(label=_("Pour qui"), widget=forms.RadioSelect)
    publics = forms.MultipleChoiceField(
        label=_("Personnes"), choices=Party.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    groupes = forms.MultipleChoiceField(
        label=_("Classes et groupes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    repete = forms.ChoiceField(label=_("Se répète"), choices=_REPEATS, required=False)
    fin = DayField(
        label=_("Jusqu’à quel jour"),
        required=False,
        help_text=_("Vide : jusqu’à la fin de l’année scolaire, jamais au-delà."),
    )
    ouvert = forms.BooleanField(label=_("Pas pendant les vacances et les jours fériés"), required=False, initial=True)
    rappel = forms.ChoiceField(label=_("Rappel"), choices=_REMINDERS, required=False)
    prevenir = forms.BooleanField(label=_("Prévenir maintenant les personnes concernées"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        groups: Sequence[Group],
        is_wide: bool,
        works: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"pour": GROUPS if works and groups else ME, **(initial or {})})
        wide = [(SCHOOL, _("Tout l’établissement"))] if is_wide else []
        some = [(GROUPS, _("Des classes ou des groupes"))] if groups else []
        invited = [("invites", _("Les personnes que j’inviterai"))] if works else []
        _choices(self, "pour", [*wide, *some, *invited, (ME, _("Moi seulement"))])
        _choices(self, "groupes", [(str(each.pk), each.label) for each in groups])
        if not works:
            _choices(self, "nature", [(Event.Kind.OTHER, Event.Kind.OTHER.label)])
            self.fields["nature"].initial = Event.Kind.OTHER

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        whom = data.get("pour")
        if whom in (SCHOOL, GROUPS) and not data.get("publics"):
            self.add_error("publics", _("Cochez au moins un public."))
        if whom == GROUPS and not data.get("groupes") and "groupes" not in self.errors:
            self.add_error("groupes", _("Cochez au moins une classe ou un groupe."))
        return data

    @property
    def facts(self) -> EventFacts:
        """What was typed, once valid."""
        data = self.cleaned_data
        return EventFacts(
            kind=data["nature"],
            title=data["titre"],
            text=data["texte"],
            rule=RULES.get(data["repete"], ""),
            repeats_until_on=data["fin"],
            open_days_only=data["ouvert"],
            is_personal=data["pour"] == ME,
            audience=self._audience(),
            remind_minutes=int(data["rappel"]) if data["rappel"] else None,
            **self.span,
        )

    @property
    def names_people(self) -> bool:
        """Whether people will be invited one by one."""
        return bool(self.cleaned_data["pour"] == "invites")

    def _audience(self) -> tuple[Audience, ...]:
        data = self.cleaned_data
        if data["pour"] == SCHOOL:
            return tuple(Audience(party) for party in data["publics"])
        if data["pour"] == GROUPS:
            return tuple(Audience(party, int(group)) for group in data["groupes"] for party in data["publics"])
        return ()


def initial_of(event: Event, audience: Sequence[Audience], on: dt.date | None = None) -> dict[str, Any]:
    """What the form holds when an event is changed; `on`: the one day of a series that is."""
    span = event.ends_on - event.starts_on
    first = on or event.starts_on
    groups = [str(each.group_id) for each in audience if each.group_id is not None]
    whom = ME if event.is_personal else GROUPS if groups else SCHOOL if audience else "invites"
    return {
        "nature": event.kind,
        "titre": event.title,
        "le": first,
        "jusquau": first + span if span else None,
        "de": event.starts_at,
        "a": event.ends_at,
        "lieu": event.place,
        "texte": event.text,
        "pour": whom,
        "publics": list(dict.fromkeys(each.party for each in audience)),
        "groupes": list(dict.fromkeys(groups)),
        "repete": "" if on else next((name for name, rule in RULES.items() if rule == event.rule), ""),
        "fin": event.repeats_until_on,
        "ouvert": event.open_days_only,
        "rappel": "" if event.remind_minutes is None else str(event.remind_minutes),
    }


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 # nosec B101 - typing alone
    field.choices = list(choices)
