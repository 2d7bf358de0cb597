"""The lycée’s booklet (LSL): its format is not public. What Pupitre knows for it, as tables to copy from.

Averages and appreciations of a term by student, and each service in a few numbers as the LSL asks for them.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from pupitre.foundation.spreadsheets import Cell, Sheet
from pupitre.integrations.lsu.drafting import Drafts


def tables_of(drafts: Drafts) -> list[Sheet]:
    """Two tables: the students, then the services."""
    return [(_("Élèves"), list(_students(drafts))), (_("Services"), list(_services(drafts)))]


def _students(drafts: Drafts) -> Iterator[list[Cell]]:
    yield [
        _("Classe"),
        _("Élève"),
        _("INE"),
        _("Code"),
        _("Matière"),
        _("Professeurs"),
        _("Moyenne"),
        _("Classe, moyenne"),
        _("Appréciation"),
    ]
    for draft in drafts.all():
        for line in draft.lines:
            teachers = ", ".join(each.name for each in line.teachers)
            yield [
                draft.division.label, draft.pupil.name, draft.pupil.ine, line.discipline.code, line.courses[0].label, teachers,
                line.average or "NN", line.class_average or "NN", line.appreciation,
            ]  # fmt: skip


def _services(drafts: Drafts) -> Iterator[list[Cell]]:
    yield [_("Service"), _("Code"), _("Effectif noté"), _("Moyenne"), _("Moins de 8"), _("De 8 à 12"), _("Plus de 12")]
    for course in drafts.facts.courses:
        spread = drafts.spread_of(course.id)
        if spread is not None:
            yield [
                f"{course.label}, {drafts.groups.get(course.group, '')}".rstrip(", "), course.code, spread.count,
                drafts.write(spread.mean), spread.low, spread.middle, spread.high,
            ]  # fmt: skip
