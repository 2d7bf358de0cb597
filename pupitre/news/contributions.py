from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    Chore,
    FileOwner,
    HomePart,
    MenuEntry,
    NotificationKind,
    PersonalData,
    contribute,
)
from pupitre.news.models import News, NewsAnswer, NewsReading, NewsTarget
from pupitre.news.policies import MODERATE, PUBLISH
from pupitre.news.services.reminding import remind_before_the_end
from pupitre.news.waiting import TO_REVIEW, decode_latest, latest_sql, to_answer, to_answer_sql, to_review

_GROUP = _("Actualités")
_YEAR = _("L’année scolaire en cours, puis un an.")
_EVERYONE = frozenset(Profile.values)
_READERS = _EVERYONE - {Profile.GUEST, Profile.ACADEMY_ADMIN}
_AT_WORK = dict.fromkeys(STAFF, "immediate")

contribute(
    Capability(PUBLISH, _("Publier une actualité pour tout l’établissement"), _GROUP),
    Capability(MODERATE, _("Relire les actualités avant leur publication"), _GROUP),
    MenuEntry("news.feed", _("Actualités"), "annonce", "news:feed", 35, profiles=_READERS, in_school=False),
    HomePart("news.latest", latest_sql(), decode_latest, profiles=_READERS),
    ActionSource("news.to_answer", to_answer_sql(), to_answer, profiles=_READERS),
    ActionSource("news.to_review", TO_REVIEW, to_review, capability=MODERATE),
    NotificationKind("news.published", _("Actualité publiée"), defaults=dict.fromkeys(_EVERYONE, "daily")),
    NotificationKind(
        "news.to_sign",
        _("Actualité qui attend une réponse"),
        defaults={Profile.GUARDIAN: "daily", Profile.STUDENT: "daily", **dict.fromkeys(STAFF, "daily")},
    ),
    NotificationKind("news.review", _("Actualité à relire"), defaults=_AT_WORK),
    NotificationKind("news.decided", _("Réponse à une actualité proposée"), defaults=_AT_WORK),
    FileOwner("news.news", "news.news", "news.view_news", most=10),
    Chore("news.remind", remind_before_the_end),
    PersonalData(News, "author_id", _("Informer les personnes de l’établissement."), _YEAR),
    PersonalData(NewsTarget, "student", _("Savoir à qui s’adresse une actualité."), _YEAR),
    PersonalData(NewsReading, "person", _("Savoir qui a lu une actualité, et relancer les autres."), _YEAR),
    PersonalData(NewsAnswer, "person", _("Recueillir les réponses demandées."), _YEAR),
)
