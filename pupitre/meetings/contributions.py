from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import STAFF, Profile
from pupitre.establishments.room_use import tell_room_use
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    Chore,
    MenuEntry,
    NotificationKind,
    PersonalData,
    contribute,
)
from pupitre.meetings.models import FamilyRequest, MeetingTeacher, Wish
from pupitre.meetings.places import PLACES, taken_by
from pupitre.meetings.policies import MANAGE
from pupitre.meetings.services.arranging import every_night
from pupitre.meetings.waiting import TO_DO, to_do

_YEAR = _("L’année scolaire en cours.")
_AT_WORK = dict.fromkeys(STAFF, "daily")

tell_room_use("meetings.evenings", PLACES, taken_by)
contribute(
    Capability(MANAGE, _("Organiser les rencontres entre parents et professeurs"), _("Réunions")),
    MenuEntry(
        "meetings.mine",
        _("Rencontres"),
        "groupe",
        "meetings:mine",
        38,
        profiles=frozenset({Profile.GUARDIAN, Profile.TEACHER}),
        capability=MANAGE,
        in_school=False,
        group="people",
    ),
    ActionSource("meetings.to_do", TO_DO, to_do, profiles=frozenset({Profile.GUARDIAN})),
    NotificationKind(
        "meetings.opened", _("Rencontres : choisir les professeurs"), defaults={Profile.GUARDIAN: "daily"}
    ),
    NotificationKind(
        "meetings.slots",
        _("Rencontres : rendez-vous à confirmer"),
        defaults={Profile.GUARDIAN: "immediate", **_AT_WORK},
    ),
    NotificationKind(
        "meetings.changed",
        _("Rencontres : un rendez-vous change"),
        defaults={Profile.GUARDIAN: "immediate", **_AT_WORK},
    ),
    NotificationKind(
        "meetings.reminder", _("Rencontres : rappel de la veille"), defaults={Profile.GUARDIAN: "immediate", **_AT_WORK}
    ),
    Chore("meetings.night", every_night),
    PersonalData(MeetingTeacher, "person", _("Organiser les rencontres."), _YEAR),
    PersonalData(FamilyRequest, "guardian", _("Organiser les rencontres."), _YEAR),
    PersonalData(Wish, "student", _("Organiser les rencontres."), _YEAR),
)
