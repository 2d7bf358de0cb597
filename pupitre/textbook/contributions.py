from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    Chore,
    FileOwner,
    HomePart,
    LessonAction,
    MenuEntry,
    NotificationKind,
    PersonalData,
    contribute,
)
from pupitre.textbook.models import (
    Correction,
    Extension,
    Homework,
    HomeworkMark,
    HomeworkStudent,
    Progression,
    SessionDraft,
    Submission,
    TextbookEntry,
    Visa,
)
from pupitre.textbook.policies import SIGN, VIEW_ALL
from pupitre.textbook.queries.home import TO_READ, TO_WRITE, WITHOUT_A_DAY, to_read, to_write, without_a_day
from pupitre.textbook.queries.work import decode_children, decode_home
from pupitre.textbook.services.handing_in import RETURNED
from pupitre.textbook.services.keeping import forget_old
from pupitre.textbook.services.telling import CHANGED, GIVEN
from pupitre.textbook.sql import WORK_OF_CHILDREN, WORK_OF_HOME

_TITLE = _("Cahier de textes")
_TEACH = frozenset({Profile.TEACHER, Profile.SUPPORT})
_FIVE_YEARS = _("L’année scolaire, puis cinq ans (circulaire 2010-136).")
_OFFICIAL = _("Cahier de textes de la classe (circulaire 2010-136).")
_WORK = _("Donner du travail, le rendre et le corriger.")


def _forget() -> list[str]:
    count = forget_old()
    return [f"{count:>8}  {_('séances et travaux de plus de cinq ans effacés')}"] if count else []


contribute(
    Chore("textbook.forget", _forget),
    Capability(VIEW_ALL, _("Lire le cahier de textes de toutes les classes"), _TITLE),
    Capability(SIGN, _("Viser le cahier de textes (direction, inspection)"), _TITLE),
    LessonAction("textbook.write", _TITLE, "cahier", "textbook:notebook", 20),
    MenuEntry(
        "textbook.notebook",
        _TITLE,
        "cahier",
        "textbook:notebook",
        18,
        profiles=_TEACH,
        capability=VIEW_ALL,
        short=_("Cahier"),
        group="teaching",
    ),
    MenuEntry(
        "textbook.mine",
        _("Travail à faire"),
        "livre",
        "textbook:mine",
        12,
        profiles=frozenset({Profile.STUDENT}),
        tab=True,
        short=_("Travail"),
    ),
    HomePart("textbook.due", WORK_OF_HOME, decode_home, profiles=frozenset({Profile.STUDENT})),
    HomePart("textbook.children", WORK_OF_CHILDREN, decode_children, profiles=frozenset({Profile.GUARDIAN})),
    ActionSource("textbook.to_write", TO_WRITE, to_write, profiles=_TEACH),
    ActionSource("textbook.without_a_day", WITHOUT_A_DAY, without_a_day, profiles=_TEACH),
    ActionSource("textbook.to_read", TO_READ, to_read, profiles=_TEACH),
    NotificationKind(
        GIVEN,
        _("Travail donné"),
        defaults={Profile.STUDENT: "daily", Profile.GUARDIAN: "daily"},
    ),
    NotificationKind(
        CHANGED,
        _("Travail changé ou déplacé"),
        defaults={Profile.STUDENT: "immediate", Profile.GUARDIAN: "daily"},
    ),
    NotificationKind(
        RETURNED,
        _("Copie corrigée"),
        defaults={Profile.STUDENT: "immediate", Profile.GUARDIAN: "daily"},
    ),
    FileOwner("textbook.entry", "textbook.textbookentry", "textbook.view_entry", largest_mb=50),
    FileOwner("textbook.homework", "textbook.homework", "textbook.view_homework", largest_mb=50),
    FileOwner("textbook.submission", "textbook.submission", "textbook.view_submission", largest_mb=50),
    FileOwner("textbook.correction", "textbook.correction", "textbook.view_correction", largest_mb=50),
    PersonalData(TextbookEntry, "author_id", _OFFICIAL, _FIVE_YEARS),
    PersonalData(Homework, "author_id", _OFFICIAL, _FIVE_YEARS),
    PersonalData(HomeworkStudent, "student_id", _WORK, _("L’année scolaire, puis un an.")),
    PersonalData(HomeworkMark, "student_id", _WORK, _("L’année scolaire, puis un an.")),
    PersonalData(Submission, "student_id", _WORK, _("L’année scolaire, puis un an.")),
    PersonalData(Correction, "author_id", _WORK, _("L’année scolaire, puis un an.")),
    PersonalData(Extension, "student_id", _WORK, _("L’année scolaire, puis un an.")),
    PersonalData(
        SessionDraft, "person_id", _("Ne rien perdre de ce qui est commencé."), _("Jusqu’à l’enregistrement.")
    ),
    PersonalData(Progression, "owner_id", _("Préparer son année."), _("Le temps du compte.")),
    PersonalData(Visa, "signed_by_id", _OFFICIAL, _FIVE_YEARS),
)
