"""What an application may ask to read, in words for those who agree to it."""

from django.utils.translation import gettext_lazy as _

from pupitre.integrations.oidc.scopes import LASTING, Scope

STUDENTS, TIMETABLE, HOMEWORK, MARKS, ABSENCES, NEWS, AGENDA, MESSAGES = (
    *("students:read", "timetable:read", "homework:read", "marks:read", "absences:read", "news:read"),
    *("agenda:read", "messages.count:read"),
)

SCOPES: dict[str, Scope] = {
    each.key: each
    for each in (
        Scope(STUDENTS, _("Le prénom et la classe"), _("De l’élève, ou de chaque enfant de la famille.")),
        Scope(TIMETABLE, _("L’emploi du temps"), _("Les cours, les salles, les changements et les cours annulés.")),
        Scope(HOMEWORK, _("Le travail à faire"), _("Ce qui est demandé, pour quand, et ce qui est fait ou rendu.")),
        Scope(MARKS, _("Les notes et les moyennes"), _("Au moment où la page des notes les montre, jamais avant.")),
        Scope(ABSENCES, _("Les absences et les retards"), _("Avec leur motif, sauf s’il touche à la santé.")),
        Scope(NEWS, _("Les actualités"), _("Celles de l’établissement, des classes et des groupes.")),
        Scope(AGENDA, _("L’agenda"), _("Les réunions, les sorties, les jours sans cours.")),
        Scope(MESSAGES, _("Le nombre de messages non lus"), _("Leur nombre seulement, jamais les messages.")),
        Scope(
            LASTING,
            _("Y revenir sans redemander le mot de passe"),
            _("Jusqu’à 90 jours après sa dernière visite ; sans cela, tant que ce navigateur reste connecté."),
        ),
    )
}
"""By name, in the order in which people read them."""
READING = tuple(key for key in SCOPES if key != LASTING)
