import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Action, ActionSource, Capability, Counter, MenuEntry, PersonalData, contribute
from pupitre.notifications.models import (
    DeliveryFailure,
    Envelope,
    Mute,
    Notification,
    PersonSchedule,
    Preference,
    PushSubscription,
)
from pupitre.notifications.policies import FOLLOW, MANAGE
from pupitre.notifications.services.publication import URGENT
from pupitre.notifications.sql import FAILURES, UNREAD

_SCHOOL, _FAMILIES = _("Établissement"), _("Familles")
_TWO_MONTHS = _("Deux mois.")
_ACCOUNT = _("Le temps du compte, ou jusqu’à ce que la personne y renonce.")


class Failures(msgspec.Struct, frozen=True):
    """How many people of the school could not be reached."""

    people: int


_decode = msgspec.json.Decoder(Failures).decode


def failures(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One thing to do, whatever the number of people."""
    people = _decode(raw).people
    if not people:
        return []
    label = ngettext(
        "%(count)s personne n’a pas pu être prévenue", "%(count)s personnes n’ont pas pu être prévenues", people
    ) % {"count": people}
    detail = _now("L’adresse ou le numéro est refusé, ou manque. Prévenez autrement, et corrigez la base élèves.")
    return [Action(label, detail, reverse("school_notifications:failures", args=[uai]), _now("Voir"), "warn", "lettre")]


contribute(
    Capability(MANAGE, _("Régler quand et comment les familles sont prévenues"), _SCHOOL),
    Capability(URGENT, _("Envoyer un message urgent en dehors des heures"), _FAMILIES),
    Capability(FOLLOW, _("Suivre les envois qui n’arrivent pas"), _FAMILIES),
    Counter("notifications.unread", UNREAD),
    MenuEntry(
        "notifications.list",
        _("Notifications"),
        "cloche",
        "notifications:list",
        50,
        profiles=frozenset(Profile.values),
        in_school=False,
        counter="notifications.unread",
        soft=True,
    ),
    MenuEntry(
        "notifications.hours",
        _("Horaires d’envoi"),
        "horloge",
        "school_notifications:hours",
        85,
        capability=MANAGE,
        group="school",
    ),
    ActionSource("notifications.failures", FAILURES, failures, capability=FOLLOW),
    PersonalData(Notification, "person", _("Prévenir de ce qui arrive dans l’établissement."), _TWO_MONTHS),
    PersonalData(Envelope, "person", _("Savoir ce qui est parti, quand, et ce qui reste à envoyer."), _TWO_MONTHS),
    PersonalData(Preference, "person", _("Ne prévenir chacun que de ce qu’il a choisi."), _ACCOUNT),
    PersonalData(Mute, "person", _("Laisser tranquille qui l’a demandé."), _("Jusqu’à la fin du silence demandé.")),
    PersonalData(PersonSchedule, "person", _("Prévenir chacun à l’heure qu’il a choisie."), _ACCOUNT),
    PersonalData(
        PushSubscription,
        "person",
        _("Prévenir sur un téléphone ou un ordinateur."),
        _("Jusqu’à ce que cet appareil soit déconnecté."),
    ),
    PersonalData(
        DeliveryFailure, "person", _("Prévenir autrement qui n’a pas pu être prévenu."), _("L’année scolaire.")
    ),
)
