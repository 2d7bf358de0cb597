"""What the page that writes news is sent. Nothing typed is thrown away: what is wrong comes back as it was."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group
from pupitre.foundation.clock import PARIS
from pupitre.foundation.ui.french import in_paris
from pupitre.news.models import News
from pupitre.news.queries.reach import Reach
from pupitre.news.services.writing import Asked, Audience, Words

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
_HOUR = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class NewsForm(forms.Form):
    """One piece of news: words, picture, time, whom it is for, what it asks."""

    titre = forms.CharField(
        label=_("Titre"),
        max_length=200,
        error_messages={
            "required": _("Il faut un titre."),
            "max_length": _("Le titre est trop long : 200 lettres au plus."),
        },
    )
    resume = forms.CharField(
        label=_("Résumé"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une ou deux phrases, lues dans la liste. 300 lettres au plus."),
        error_messages={"max_length": _("Le résumé est trop long : 300 lettres au plus.")},
    )
    texte = forms.CharField(
        label=_("Texte"),
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("Une ligne vide sépare deux paragraphes ; un tiret au début d’une ligne fait une liste."),
        error_messages={"required": _("Il faut un texte.")},
    )
    rubrique = forms.ChoiceField(label=_("Rubrique"), choices=News.Category.choices)
    image = forms.FileField(
        label=_("Image"), required=False, help_text=_("JPEG, PNG ou WebP. Elle remplace celle qui est là.")
    )
    image_gardee = forms.IntegerField(required=False, widget=forms.HiddenInput)
    image_texte = forms.CharField(
        label=_("Ce que montre l’image"),
        max_length=200,
        required=False,
        help_text=_("Lu à la place de l’image par les personnes qui ne la voient pas."),
    )
    sans_image = forms.BooleanField(label=_("Retirer l’image"), required=False)
    debut_le = forms.DateField(
        label=_("Publier le"), required=False, widget=_DAY, help_text=_("Laissez vide pour publier tout de suite.")
    )
    debut_a = forms.TimeField(label=_("à"), required=False, widget=_HOUR)
    fin_le = forms.DateField(
        label=_("Dernier jour d’affichage"),
        required=False,
        widget=_DAY,
        help_text=_("Laissez vide pour ne pas la retirer."),
    )
    profils = forms.MultipleChoiceField(label=_("Qui la lira"), required=False, widget=forms.CheckboxSelectMultiple)
    classes = forms.MultipleChoiceField(
        label=_("Classes et groupes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reponse = forms.ChoiceField(
        label=_("Réponse demandée"), required=False, widget=forms.RadioSelect, choices=News.Answer.choices
    )
    choix = forms.CharField(
        label=_("Réponses possibles"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Une par ligne, de deux à douze : pour « un choix » et « plusieurs choix »."),
    )
    anonyme = forms.BooleanField(
        label=_("Réponses anonymes"),
        required=False,
        help_text=_("Vous saurez qui a répondu, jamais quoi. « J’ai lu » n’est jamais anonyme."),
    )
    avant_le = forms.DateField(label=_("Dernier jour pour répondre"), required=False, widget=_DAY)

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        self._offer("profils", [(each.value, str(each.label)) for each in reach.profiles])
        divisions = sorted(reach.groups, key=lambda each: each.kind != Group.Kind.DIVISION)
        self._offer("classes", [(str(each.pk), each.label) for each in divisions])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = cast(forms.MultipleChoiceField, self.fields[name])
        field.choices = list(choices)
        field.error_messages["invalid_choice"] = str(
            _("Un choix n’est pas à votre portée, ou n’existe plus : il faut le retirer.")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("debut_a") and not data.get("debut_le"):
            self.add_error("debut_le", _("Choisissez aussi le jour."))
        return data

    def words(self, picture_id: int | None) -> Words:
        """What is written, once valid."""
        data = self.cleaned_data
        starts = data["debut_le"] and dt.datetime.combine(data["debut_le"], data["debut_a"] or dt.time(), PARIS)
        return Words(
            title=data["titre"],
            body=data["texte"],
            summary=data["resume"],
            category=data["rubrique"],
            picture_id=picture_id,
            picture_text=data["image_texte"] if picture_id else "",
            starts_at=starts,
            ends_on=data["fin_le"],
        )

    def asked(self) -> Asked:
        """The answer asked for, once valid."""
        data = self.cleaned_data
        return Asked(data["reponse"], data["choix"].splitlines(), data["anonyme"], data["avant_le"])

    def audience(self, students: Sequence[int]) -> Audience:
        """Whom it is for, once valid."""
        data = self.cleaned_data
        return Audience(data["profils"], [int(pk) for pk in data["classes"]], students)


def initial_of(news: News) -> dict[str, Any]:
    """News as the form shows it."""
    targets = list(news.targets.all())
    return {
        "titre": news.title,
        "resume": news.summary,
        "texte": news.body,
        "rubrique": news.category,
        "image_gardee": news.picture_id,
        "image_texte": news.picture_text,
        "debut_le": news.starts_at and in_paris(news.starts_at).date(),
        "debut_a": news.starts_at and in_paris(news.starts_at).time(),
        "fin_le": news.ends_on,
        "profils": sorted({each.profile for each in targets}),
        "classes": sorted({str(each.group_id) for each in targets if each.group_id}),
        "reponse": news.answer,
        "choix": "\n".join(news.choices),
        "anonyme": news.is_anonymous,
        "avant_le": news.last_answer_on,
    }
