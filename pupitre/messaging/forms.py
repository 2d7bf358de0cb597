"""What the pages that write are sent. Nothing typed is ever thrown away: what is wrong comes back as it was, with a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pupitre.foundation import clock
from pupitre.messaging.audiences import Audience, parse_all
from pupitre.messaging.models import Addressee, Draft, Message, Report
from pupitre.messaging.parties import Party, Scope
from pupitre.messaging.services.writing import Options

_ROLES = (Addressee.Role.TO, Addressee.Role.CC, Addressee.Role.BCC)
_FIRST = {Addressee.Role.TO: "a", Addressee.Role.CC: "cc", Addressee.Role.BCC: "cci"}
_FLAGS = ("tracks_reading", "needs_answer", "is_urgent")
_TYPED_TOO_MUCH = 200_000
"""Beyond this many letters nothing is looked at: the page says so."""


@dataclass(slots=True)
class Letter:
    """A letter as a page holds it: recipients as tokens by role, words, options; the draft it is, and its version."""

    key: UUID
    version: int = 0
    tokens: dict[str, list[str]] = field(default_factory=dict)
    about: int | None = None
    subject: str = ""
    body: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    # The files that a draft holds, by their numbers; what a page sends of them is its `Picking`.
    files: list[int] = field(default_factory=list)
    search: str = ""
    role: str = Addressee.Role.TO
    confirmed: bool = False
    to_all: bool = False

    @property
    def audiences(self) -> list[Audience]:
        """Everyone chosen, once each, in the plainest role."""
        found: dict[str, Audience] = {}
        for role in _ROLES:
            for audience in parse_all(self.tokens.get(role, ()), role):
                found.setdefault(audience.token, audience)
        return list(found.values())

    @property
    def content(self) -> dict[str, Any]:
        """What a draft keeps besides words."""
        return {
            "tokens": self.tokens,
            "about": self.about,
            "options": self.options,
            "to_all": self.to_all,
            "files": self.files,
        }

    def asked(self) -> Options:
        """The options as a service takes them; values that are not ours count for nothing."""
        replies, kind = self.options.get("replies", ""), self.options.get("kind", "")
        return Options(
            replies=replies if replies in Message.Replies.values else "",
            kind=kind if kind in Message.Kind.values else Message.Kind.ORDINARY,
            **{name: bool(self.options.get(name)) for name in _FLAGS},
        )


def letter_sent(data: QueryDict) -> Letter:
    """The letter that a page sends."""
    return Letter(
        key=_uuid(data.get("key", "")),
        version=_number(data.get("version")) or 0,
        tokens={role: data.getlist(role) for role in _ROLES},
        about=_number(data.get("about")),
        subject=data.get("subject", "")[:_TYPED_TOO_MUCH],
        body=data.get("body", "")[:_TYPED_TOO_MUCH],
        options={name: data.get(name, "") for name in (*_FLAGS, "replies", "kind")},
        files=[number for each in data.getlist("uploads") if (number := _number(each))],
        search=data.get("search", ""),
        role=data.get("role", "") if data.get("role") in _ROLES else Addressee.Role.TO,
        confirmed=data.get("confirmed") == "1",
        to_all=data.get("to_all") == "1",
    )


def letter_begun(data: Mapping[str, Any]) -> Letter:
    """The letter that an address begins: `?a=parents-5&enfant=12`."""
    query = data if isinstance(data, QueryDict) else QueryDict()
    return Letter(
        key=uuid4(),
        tokens={role: query.getlist(word) for role, word in _FIRST.items()},
        about=_number(query.get("enfant")),
        subject=query.get("sujet", ""),
    )


def letter_of(draft: Draft) -> Letter:
    """The letter that a draft is."""
    kept = draft.content
    return Letter(
        key=draft.key,
        version=draft.version,
        tokens={role: [str(each) for each in kept.get("tokens", {}).get(role, [])] for role in _ROLES},
        about=kept.get("about"),
        subject=draft.subject,
        body=draft.body,
        options=kept.get("options", {}),
        files=[each for each in kept.get("files", []) if isinstance(each, int)],
        to_all=bool(kept.get("to_all")),
    )


class ReportForm(forms.Form):
    """Why a message is reported."""

    reason = forms.ChoiceField(
        label=_("Ce qui ne va pas"),
        widget=forms.RadioSelect,
        choices=Report.Reason.choices,
        error_messages={"required": _("Il faut dire ce qui ne va pas.")},
    )
    note = forms.CharField(
        label=_("En quelques mots"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Des faits : qui, quand. 300 caractères au plus."),
    )


class OutcomeForm(forms.Form):
    """What was decided of a report."""

    outcome = forms.ChoiceField(choices=Report.Outcome.choices)


class SuspensionForm(forms.Form):
    """Why messages stop: read by everyone whom it stops."""

    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=200,
        help_text=_("Les personnes concernées liront cette phrase."),
        error_messages={"required": _("Il faut dire pourquoi : les personnes concernées le liront.")},
    )


class RuleForm(forms.Form):
    """One rule of writing, of the school or of a class."""

    sender = forms.ChoiceField(label=_("Qui écrit"), choices=Party.choices)
    recipient = forms.ChoiceField(label=_("À qui"), choices=Party.choices)
    scope = forms.ChoiceField(label=_("Jusqu’où"), choices=Scope.choices)
    group = forms.IntegerField(required=False)


class NameForm(forms.Form):
    """A folder's or a category's name."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=30,
        error_messages={"required": _("Il faut un nom."), "max_length": _("30 lettres au plus.")},
    )


class AwayForm(forms.Form):
    """When somebody is away, and what whoever writes to them reads."""

    starts_on = forms.DateField(label=_("Du"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Au"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    text = forms.CharField(
        label=_("Ce que liront les personnes qui m’écrivent"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Quand viendra la réponse, à qui s’adresser d’ici là. 300 caractères au plus."),
        error_messages={
            "required": _("Il faut écrire une phrase : elle sera lue par les personnes qui vous écrivent.")
        },
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Le dernier jour vient après le premier."))
        elif ends and ends < clock.today():
            self.add_error("ends_on", _("Ce jour est passé : il faut un dernier jour à venir."))
        return data


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _number(text: Any) -> int | None:
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 19 else None
