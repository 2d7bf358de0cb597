"""What an import can change, in the words of the office; the order is that of the report."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tab(models.TextChoices):
    """The parts of the report."""

    NEW = "new", _("Nouveaux")
    CHANGED = "changed", _("Modifiés")
    LEFT = "left", _("Partis")
    STRUCTURE = "structure", _("Classes et matières")
    TIMETABLE = "timetable", _("Emploi du temps")


class Kind(models.TextChoices):
    """The kinds of difference (SIE-2)."""

    NEW_STUDENT = "new_student", _("Nouvel élève")
    NEW_GUARDIAN = "new_guardian", _("Nouveau responsable")
    NEW_STAFF = "new_staff", _("Nouveau personnel")
    SAME_PERSON = "same_person", _("Même personne, peut-être")
    CHANGED_CLASS = "changed_class", _("Classe")
    CHANGED_GROUPS = "changed_groups", _("Groupes")
    CHANGED_REGIME = "changed_regime", _("Régime")
    CHANGED_IDENTITY = "changed_identity", _("Identité")
    CHANGED_SCHOOLING = "changed_schooling", _("Scolarité")
    CHANGED_CONTACT = "changed_contact", _("Coordonnées")
    CHANGED_ID = "changed_id", _("Identifiant")
    NEW_LINK = "new_link", _("Responsable ajouté")
    CHANGED_LINK = "changed_link", _("Responsabilité")
    REMOVED_LINK = "removed_link", _("Responsable retiré")
    CHANGED_STAFF = "changed_staff", _("Fonction")
    FORM_TEACHER = "form_teacher", _("Professeur principal")
    LEFT_STUDENT = "left_student", _("Élève parti")
    MISSING_STUDENT = "missing_student", _("Élève absent du fichier")
    LEFT_STAFF = "left_staff", _("Personnel parti")
    NEW_GROUP = "new_group", _("Classe ou groupe nouveau")
    CHANGED_GROUP = "changed_group", _("Classe ou groupe renommé")
    ENDED_GROUP = "ended_group", _("Classe ou groupe supprimé")
    SUBJECT = "subject", _("Matière")
    PROGRAMME = "programme", _("Formation")
    CALENDAR = "calendar", _("Calendrier")
    NEW_COURSE = "new_course", _("Enseignement nouveau")
    CHANGED_COURSE = "changed_course", _("Enseignants d’un cours")
    ENDED_COURSE = "ended_course", _("Enseignement supprimé")
    NEW_LESSON = "new_lesson", _("Cours ajouté")
    MOVED_LESSON = "moved_lesson", _("Cours déplacé")
    CHANGED_LESSON = "changed_lesson", _("Salle, enseignant ou semaines")
    REMOVED_LESSON = "removed_lesson", _("Cours retiré")
    # Imports made before lessons were told one by one.
    CHANGED_TIMETABLE = "changed_timetable", _("Horaires")


_TABS = {
    Tab.NEW: {Kind.NEW_STUDENT, Kind.NEW_GUARDIAN, Kind.NEW_STAFF},
    Tab.LEFT: {Kind.LEFT_STUDENT, Kind.MISSING_STUDENT, Kind.LEFT_STAFF},
    Tab.STRUCTURE: {
        Kind.NEW_GROUP, Kind.CHANGED_GROUP, Kind.ENDED_GROUP, Kind.SUBJECT, Kind.PROGRAMME, Kind.CALENDAR,
    },
    Tab.TIMETABLE: {
        Kind.NEW_COURSE, Kind.CHANGED_COURSE, Kind.ENDED_COURSE, Kind.NEW_LESSON, Kind.MOVED_LESSON, Kind.CHANGED_LESSON,
        Kind.REMOVED_LESSON, Kind.CHANGED_TIMETABLE,
    },
}  # fmt: skip
TAB_OF: dict[str, Tab] = {
    kind: next((tab for tab, kinds in _TABS.items() if kind in kinds), Tab.CHANGED) for kind in Kind
}
