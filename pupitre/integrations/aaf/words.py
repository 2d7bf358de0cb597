"""Words of the directory for people."""

from django.utils.translation import gettext_lazy as _

from pupitre.integrations.aaf.grammar import Category

CATEGORY = {
    Category.SCHOOL: _("Établissement"),
    Category.PROGRAMME: _("Formation"),
    Category.SUBJECT: _("Matière"),
    Category.STUDENT: _("Élève"),
    Category.GUARDIAN: _("Responsable"),
    Category.STAFF: _("Personnel"),
}
CATEGORIES = {
    Category.SCHOOL: _("Établissements"),
    Category.PROGRAMME: _("Formations"),
    Category.SUBJECT: _("Matières"),
    Category.STUDENT: _("Élèves"),
    Category.GUARDIAN: _("Responsables"),
    Category.STAFF: _("Personnels"),
}
ORPHANS = {
    "modifyRequest": "Un changement est demandé sur une fiche inconnue : il est laissé de côté. Demandez une archive complète.",
    "deleteRequest": "Une suppression est demandée sur une fiche inconnue : elle est laissée de côté.",
}


def category_label(number: int) -> str:
    """« Élève », « Responsable »…"""
    return str(CATEGORY[Category(number)])
