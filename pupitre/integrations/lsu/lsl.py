"""The lycée’s booklet (LSL): its format is not public. What Pupitre knows for it, as tables to copy from.

Averages and appreciations of a term by student, and each service in a few numbers as the LSL asks for them.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from pupitre.foundation.spreadsheets import Cell, Sheet
from pupitre.integrations.lsu.drafting import Drafts
from pupitre.integrations.lsu.models import Engagement, LyceeYear
from pupitre.integrations.lsu.queries.lycee import Matches


def tables_of(drafts: Drafts, matches: Matches, years: Mapping[int, LyceeYear]) -> list[Sheet]:
    """Three tables: the students in each subject, the services, the year of each student."""
    return [
        (_("Élèves"), list(_students(drafts, matches))),
        (_("Services"), list(_services(drafts))),
        (_("Livrets"), list(_booklets(drafts, years))),
    ]


def _students(drafts: Drafts, matches: Matches) -> Iterator[list[Cell]]:
    yield [
        _("Classe"),
        _("Élève"),
        _("INE"),
        _("Code"),
        _("Matière"),
        _("Matière du livret"),
        _("Professeurs"),
        _("Moyenne"),
        _("Classe, moyenne"),
        _("Appréciation"),
    ]
    for draft in drafts.all():
        for line in draft.lines:
            teachers = ", ".join(each.name for each in line.teachers)
            yield [
                draft.division.label, draft.pupil.name, draft.pupil.ine, line.discipline.code, line.courses[0].label,
                matches.label(line.courses[0].subject, draft.pupil.mef) or _("sans correspondance"), teachers,
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


def _booklets(drafts: Drafts, years: Mapping[int, LyceeYear]) -> Iterator[list[Cell]]:
    yield [
        _("Classe"),
        _("Élève"),
        _("INE"),
        _("Engagements"),
        _("Précision"),
        _("Appréciation annuelle"),
        _("Avis en vue de l’examen"),
        _("Avis du chef d’établissement"),
    ]
    for draft in drafts.all():
        year = years.get(draft.pupil.id)
        if year is not None:
            engagements = ", ".join(str(Engagement(each).label) for each in year.engagements)
            yield [
                draft.division.label, draft.pupil.name, draft.pupil.ine, engagements, year.detail, year.appreciation,
                year.get_exam_opinion_display(), year.head_opinion,
            ]  # fmt: skip
