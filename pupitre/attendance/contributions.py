from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models import (
    AbsenceCase,
    AbsenceEntry,
    AbsenteeismAlert,
    AlertStep,
    CaseEvent,
    CountedHalfDay,
    FamilyContact,
    Justification,
    NightlyRecount,
    OutsideMark,
    OutsideRegister,
    PastVersion,
    RollCall,
    RollMark,
    StudentExit,
    WatchReset,
)
from pupitre.attendance.services.nightly import recount_everywhere
from pupitre.attendance.sql import OFFICE_STAMP
from pupitre.attendance.waiting import OF_OFFICE, TO_EXPLAIN, TO_TAKE, of_office, to_explain, to_take
from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    Chore,
    Counter,
    FileOwner,
    LessonAction,
    MenuEntry,
    NotificationKind,
    PersonalData,
    contribute,
)

_ABSENCES = _("Absences")
_REGISTER = _("Registre d’appel (Code de l’éducation, R131-5).")
_FOLLOWING = _("Dossier individuel d’absences (Code de l’éducation, R131-6).")
_YEAR = _("L’année scolaire en cours, puis un an.")

contribute(
    Capability("attendance.view_all", _("Voir tous les appels et toutes les absences"), _ABSENCES),
    Capability("attendance.call_any", _("Faire l’appel de n’importe quel cours"), _ABSENCES),
    Capability("attendance.correct_register", _("Corriger l’appel d’un jour passé"), _ABSENCES),
    Capability("attendance.manage", _("Saisir des absences et préparer leur motif"), _ABSENCES),
    Capability("attendance.decide", _("Accepter ou refuser un motif"), _ABSENCES),
    Capability("attendance.infirmary", _("Noter les passages à l’infirmerie"), _ABSENCES),
    Capability("attendance.gate", _("Tenir le portail : voir qui peut sortir"), _ABSENCES),
    Capability("attendance.set_rules", _("Régler les appels, les motifs et les régimes de sortie"), _ABSENCES),
    NotificationKind(
        "attendance.absence",
        _("Absence de mon enfant"),
        urgent=True,
        sms=True,
        defaults={Profile.GUARDIAN: "immediate"},
    ),
    NotificationKind("attendance.decision", _("Réponse de la vie scolaire"), defaults={Profile.GUARDIAN: "immediate"}),
    NotificationKind(
        "attendance.justification",
        _("Réponse d’une famille à examiner"),
        defaults={Profile.SCHOOL_LIFE: "daily", Profile.HEAD: "never"},
    ),
    NotificationKind(
        "attendance.register_missing",
        _("Appel pas encore fait"),
        defaults={Profile.TEACHER: "immediate", Profile.SUPPORT: "immediate"},
    ),
    LessonAction("attendance.roll_call", _("Faire l’appel"), "appel", "attendance:now", 10),
    MenuEntry(
        "attendance.roll_call",
        _("Appel"),
        "appel",
        "attendance:now",
        15,
        profiles=frozenset({Profile.TEACHER}),
        tab=True,
    ),
    Counter("attendance.changes", OFFICE_STAMP),
    MenuEntry(
        "attendance.desk", _("Vie scolaire"), "cible", "attendance:desk", 13, capability="attendance.view_all", tab=True
    ),
    MenuEntry(
        "attendance.registers",
        _("Appels"),
        "appel",
        "attendance:registers",
        14,
        profiles=frozenset({Profile.SCHOOL_LIFE, Profile.HEAD, Profile.ADMINISTRATIVE}),
        tab=True,
    ),
    MenuEntry(
        "attendance.cases", _("Absences"), "horloge", "attendance:cases", 15, capability="attendance.view_all", tab=True
    ),
    MenuEntry(
        "attendance.where", _("Où est l’élève ?"), "lieu", "attendance:where", 16, capability="attendance.view_all"
    ),
    MenuEntry(
        "attendance.rules",
        _("Règles des absences"),
        "reglages",
        "attendance:rules",
        75,
        capability="attendance.set_rules",
    ),
    MenuEntry(
        "attendance.infirmary", _("Infirmerie"), "soin", "attendance:infirmary", 18, capability="attendance.infirmary"
    ),
    MenuEntry("attendance.gate", _("Portail"), "sortir", "attendance:gate", 17, capability="attendance.gate", tab=True),
    MenuEntry(
        "attendance.family",
        _("Absences"),
        "horloge",
        "attendance:family",
        15,
        profiles=frozenset({Profile.GUARDIAN}),
        in_school=False,
        tab=True,
    ),
    MenuEntry(
        "attendance.mine", _("Mes absences"), "horloge", "attendance:mine", 40, profiles=frozenset({Profile.STUDENT})
    ),
    ActionSource("attendance.to_explain", TO_EXPLAIN, to_explain, profiles=frozenset({Profile.GUARDIAN})),
    ActionSource("attendance.to_take", TO_TAKE, to_take, profiles=frozenset({Profile.TEACHER, Profile.SUPPORT})),
    ActionSource("attendance.of_office", OF_OFFICE, of_office, capability="attendance.manage"),
    Chore("attendance.recount", recount_everywhere),
    FileOwner("attendance.justification", "attendance.Justification", "attendance.view_justification", 10, 5),
    PersonalData(RollCall, "students", _REGISTER, _YEAR),
    PersonalData(RollMark, "student", _REGISTER, _YEAR),
    PersonalData(AbsenceEntry, "student", _FOLLOWING, _YEAR),
    PersonalData(PastVersion, "student", _("Garder la trace de ce qui a été corrigé."), _YEAR),
    PersonalData(AbsenceCase, "student", _FOLLOWING, _YEAR),
    PersonalData(CaseEvent, "student", _FOLLOWING, _YEAR),
    PersonalData(Justification, "student", _("Connaître le motif d’une absence."), _YEAR),
    PersonalData(FamilyContact, "student", _("Savoir quand la famille a été prévenue."), _YEAR),
    PersonalData(CountedHalfDay, "student", _("Compter les demi-journées d’absence."), _YEAR),
    PersonalData(AbsenteeismAlert, "student", _("Suivre l’assiduité (Code de l’éducation, L131-8)."), _YEAR),
    PersonalData(NightlyRecount, "student", _("Savoir quels comptes ont été corrigés la nuit."), _("Soixante jours.")),
    PersonalData(WatchReset, "student", _("Savoir quelles alertes ont été vues, et par qui."), _YEAR),
    PersonalData(StudentExit, "student", _("Savoir qui peut sortir, et quand."), _("L’année scolaire en cours.")),
    PersonalData(OutsideRegister, "students", _("Savoir qui est attendu hors des cours."), _YEAR),
    PersonalData(OutsideMark, "student", _("Savoir où sont les élèves hors des cours."), _YEAR),
    PersonalData(AlertStep, "student", _("Suivre l’assiduité (Code de l’éducation, L131-8)."), _YEAR),
)
