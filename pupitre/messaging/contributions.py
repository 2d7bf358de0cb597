from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    Chore,
    Counter,
    FileOwner,
    HomeAction,
    HomePart,
    MenuEntry,
    NotificationKind,
    PersonalData,
    contribute,
)
from pupitre.messaging.models import (
    AutoAnswer,
    Category,
    ClassDelegate,
    Draft,
    Folder,
    MailboxEntry,
    Message,
    MessagingSuspension,
    Report,
)
from pupitre.messaging.parties import PARTY_OF_PROFILE
from pupitre.messaging.policies import HARASSMENT, MODERATE
from pupitre.messaging.queries.addressing import GROUPS
from pupitre.messaging.queries.home import LAST, LATEST, TO_ANSWER, UNREAD, answers_expected, decode_latest
from pupitre.messaging.services.purging import purge
from pupitre.messaging.services.suspending import SUSPEND
from pupitre.messaging.services.writing import MASS

RULES = "messaging.rules"
_MESSAGES = _("Messages")
_WITH_MAILBOX = _("Jusqu’à ce qu’aucune boîte ne le garde : trois ans au plus, un mois dans la corbeille.")
_ACCOUNT = _("Le temps du compte, ou jusqu’à ce que la personne y renonce.")
_WITH_MESSAGES = frozenset(PARTY_OF_PROFILE)
_AT_WORK = dict.fromkeys(STAFF, "immediate")


def _purge() -> list[str]:
    count = purge()
    return [f"{count:>8}  {_('lettres effacées des boîtes et de la corbeille')}"] if count else []


contribute(
    Chore("messaging.purge", _purge),
    Capability(GROUPS, _("Écrire à toutes les classes et à tout l’établissement"), _MESSAGES),
    Capability(MASS, _("Écrire à plus de 500 personnes"), _MESSAGES),
    Capability(MODERATE, _("Relire les messages retenus et traiter les signalements"), _MESSAGES),
    Capability(HARASSMENT, _("Recevoir les signalements de harcèlement"), _MESSAGES),
    Capability(SUSPEND, _("Suspendre l’envoi de messages, et le rouvrir"), _MESSAGES),
    Capability(RULES, _("Régler qui peut écrire à qui"), _MESSAGES),
    Counter("messaging.unread", UNREAD),
    Counter("messaging.last", LAST),
    HomePart("messaging.latest", LATEST, decode_latest, profiles=_WITH_MESSAGES),
    ActionSource("messaging.to_answer", TO_ANSWER, answers_expected, profiles=_WITH_MESSAGES),
    HomeAction(
        "messaging.write_class",
        _("Écrire à une classe"),
        "lettre",
        "messages_of_school:classes",
        frozenset(PARTY_OF_PROFILE) - {Profile.STUDENT, Profile.GUARDIAN},
    ),
    MenuEntry(
        "messaging.inbox",
        _("Messages"),
        "lettre",
        "messaging:inbox",
        30,
        profiles=frozenset(Profile.values),
        in_school=False,
        tab=True,
        counter="messaging.unread",
    ),
    NotificationKind(
        "messaging.message",
        _("Message reçu"),
        defaults={Profile.STUDENT: "immediate", Profile.GUARDIAN: "daily", **_AT_WORK},
    ),
    NotificationKind(
        "messaging.to_answer",
        _("Message qui attend une réponse"),
        defaults=dict.fromkeys(Profile.values, "immediate"),
    ),
    NotificationKind(
        "messaging.safety", _("Alerte de sécurité"), urgent=True, defaults=dict.fromkeys(Profile.values, "immediate")
    ),
    NotificationKind("messaging.watch", _("Message signalé ou à relire"), defaults=_AT_WORK),
    FileOwner("messaging.message", "messaging.message", "messaging.view_message", most=10),
    PersonalData(Message, "author_id", _("Correspondre dans l’établissement."), _WITH_MAILBOX),
    PersonalData(MailboxEntry, "person_id", _("Retrouver ce que l’on a reçu et envoyé."), _WITH_MAILBOX),
    PersonalData(Draft, "person_id", _("Ne rien perdre de ce qui est commencé."), _("Jusqu’à l’envoi, un an au plus.")),
    PersonalData(
        AutoAnswer,
        "person_id",
        _("Dire à qui écrit que la réponse viendra plus tard."),
        _("Jusqu’au dernier jour d’absence."),
    ),
    PersonalData(Folder, "person_id", _("Ranger ses messages."), _ACCOUNT),
    PersonalData(Category, "person_id", _("Ranger ses messages."), _ACCOUNT),
    PersonalData(
        Report, "reported_by_id", _("Protéger les personnes de messages qui leur nuisent."), _("L’année scolaire.")
    ),
    PersonalData(
        MessagingSuspension, "started_by_id", _("Savoir qui a suspendu les messages."), _("L’année scolaire.")
    ),
    PersonalData(ClassDelegate, "person_id", _("Savoir qui représente les parents."), _("L’année scolaire.")),
)
