from django.utils.translation import gettext_lazy as _

from pupitre.agenda.models import AgendaFeed, Consent, Event, ImportedCalendar, Meeting, Outing, Participant
from pupitre.agenda.places import PLACES, taken_by
from pupitre.agenda.policies import APPROVE, MANAGE, WORKING
from pupitre.agenda.queries.exams import exams_of
from pupitre.agenda.retention import forget_everywhere
from pupitre.agenda.waiting import NEXT, TO_ANSWER, TO_APPROVE, TO_SIGN, decode_next, to_answer, to_approve, to_sign
from pupitre.directory.profiles import Profile
from pupitre.establishments.room_use import tell_room_use
from pupitre.foundation.commitments import tell_commitments
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    Chore,
    HomePart,
    MenuEntry,
    NotificationKind,
    PersonalData,
    contribute,
)

_EVERYONE = WORKING | {Profile.STUDENT, Profile.GUARDIAN, Profile.GUEST}
_GROUP = _("Agenda")
_YEAR = _("L’année scolaire en cours, puis un an.")
_DAILY = dict.fromkeys(map(str, _EVERYONE), "daily")
_AT_ONCE = dict.fromkeys(map(str, _EVERYONE), "immediate")

tell_commitments("agenda.exams", exams_of)
tell_room_use("agenda.events", PLACES, taken_by)
contribute(
    Capability(MANAGE, _("Tenir l’agenda de l’établissement, convoquer les conseils de classe"), _GROUP),
    Capability(APPROVE, _("Autoriser les sorties"), _GROUP),
    MenuEntry(
        "agenda.calendar",
        _("Agenda"),
        "jalon",
        "agenda:calendar",
        25,
        profiles=frozenset(_EVERYONE - {Profile.GUARDIAN}),
    ),
    MenuEntry(
        "agenda.family",
        _("Agenda"),
        "jalon",
        "agenda:family",
        25,
        profiles=frozenset({Profile.GUARDIAN}),
        in_school=False,
    ),
    NotificationKind("agenda.event", _("Agenda : nouveauté, changement, relevé"), defaults=_DAILY),
    NotificationKind("agenda.reminder", _("Agenda : rappel"), defaults=_AT_ONCE),
    NotificationKind("agenda.outing", _("Sortie : accord demandé, changement"), defaults=_AT_ONCE),
    NotificationKind("agenda.convocation", _("Convocation, invitation"), defaults=_AT_ONCE),
    HomePart("agenda.next", NEXT, decode_next, frozenset(_EVERYONE)),
    ActionSource("agenda.to_sign", TO_SIGN, to_sign, profiles=frozenset({Profile.GUARDIAN})),
    ActionSource("agenda.to_answer", TO_ANSWER, to_answer, profiles=frozenset(_EVERYONE - {Profile.GUARDIAN})),
    ActionSource("agenda.to_approve", TO_APPROVE, to_approve, capability=APPROVE),
    PersonalData(Event, "author_id", _("Tenir l’agenda de l’établissement et de chacun."), _YEAR),
    PersonalData(Participant, "person", _("Savoir qui part, qui accompagne, qui est convoqué et qui est là."), _YEAR),
    PersonalData(Consent, "guardian", _("Garder l’accord ou le refus de chaque responsable à une sortie."), _YEAR),
    PersonalData(Outing, "event", _("Organiser les sorties."), _YEAR),
    PersonalData(Meeting, "event", _("Garder les relevés des conseils et des réunions."), _YEAR),
    PersonalData(ImportedCalendar, "owner", _("Garder à jour un agenda venu d’un autre outil."), _YEAR),
    PersonalData(
        AgendaFeed, "reader", _("Montrer l’agenda dans un téléphone."), _("Jusqu’à ce que l’adresse soit fermée.")
    ),
    Chore("agenda.forget", forget_everywhere),
)
