"""What can go wrong with a Moodle, in words: what is wrong, then what to do."""

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text
from pupitre.integrations.services.failures import FAILURES as OUTSIDE

FAILURES: dict[str, Text] = {
    **OUTSIDE,
    "not_moodle": _(
        "Cette adresse répond par une page, pas par un Moodle. Donnez l’adresse de l’accueil de Moodle, "
        "sans rien après."
    ),
    "moved": _("Ce Moodle renvoie vers une autre adresse. Donnez celle que montre le navigateur à son accueil."),
    "maintenance": _("Ce Moodle est en maintenance. Réessayez plus tard."),
    "token": _("Moodle ne reconnaît pas ce jeton. Copiez-le de nouveau, ou créez-en un autre."),
    "off": _("Les services web sont fermés dans ce Moodle. Ouvrez-les, avec le protocole REST."),
    "function": _("Le service web de Moodle n’a pas toutes les fonctions qu’il faut. Ajoutez celles de la liste."),
    "capability": _("Le compte du jeton n’a pas tous les droits qu’il faut dans Moodle."),
    "denied": _("Moodle a refusé la demande."),
    "sealed": _("Le jeton ne peut plus être lu par ce serveur. Donnez-le de nouveau."),
}
"""Codes of `client.MoodleFailure`, as people read them."""

FUNCTIONS: dict[str, Text] = {
    "core_webservice_get_site_info": _("se présenter"),
    "core_user_get_users_by_field": _("retrouver un compte"),
    "core_user_create_users": _("créer des comptes"),
    "core_user_update_users": _("changer et suspendre des comptes"),
    "core_cohort_get_cohorts": _("lire les cohortes"),
    "core_cohort_create_cohorts": _("créer des cohortes"),
    "core_cohort_update_cohorts": _("renommer des cohortes"),
    "core_cohort_get_cohort_members": _("lire les membres d’une cohorte"),
    "core_cohort_add_cohort_members": _("ajouter des membres à une cohorte"),
    "core_cohort_delete_cohort_members": _("retirer des membres d’une cohorte"),
    "core_course_get_categories": _("lire les catégories"),
    "core_course_create_categories": _("créer une catégorie"),
    "core_course_get_courses_by_field": _("retrouver un cours"),
    "core_course_create_courses": _("créer des cours"),
    "core_enrol_get_enrolled_users": _("lire les inscrits d’un cours"),
    "enrol_manual_enrol_users": _("inscrire à un cours"),
    "enrol_manual_unenrol_users": _("désinscrire d’un cours"),
    "core_enrol_get_users_courses": _("lire les cours d’une personne"),
    "core_calendar_get_action_events_by_timesort": _("lire les échéances d’une personne"),
    "gradereport_user_get_grade_items": _("lire les notes d’un cours"),
}
"""The functions that the token must be allowed, and what each is for."""

OLDEST = (4, 1)
"""The oldest release that we speak to: what we ask has existed since then."""
