"""The lycée’s booklet (LSL): its format is not public. What Pupitre knows for it, as tables to copy from.

Averages and appreciations of a term by student, and each service in a few numbers as the LSL asks for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.foundation.spreadsheets import Cell, Sheet
from pupitre.gradebook.socle import LETTERS, Level
from pupitre.integrations.lsu.drafting import Drafts
from pupitre.integrations.lsu.models import Engagement, LyceeSubject, LyceeYear
from pupitre.integrations.lsu.queries.lycee import Matches
from pupitre.integrations.lsu.queries.lycee_subjects import Assessed


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What is known of the year: of each student, of each in a subject, and the skills that were assessed."""

    years: Mapping[int, LyceeYear]
    texts: Mapping[tuple[int, int], LyceeSubject]
    skills: Assessed


def tables_of(drafts: Drafts, matches: Matches, year: YearFacts) -> list[Sheet]:
    """Five tables: the students in each subject, the services, the year of each student, in each subject, and their skills."""
    return [
        (_("Élèves"), list(_students(drafts, matches))),
        (_("Services"), list(_services(drafts))),
        (_("Livrets"), list(_booklets(drafts, year.years))),
        (_("Appréciations annuelles"), list(_appreciations(drafts, matches, year.texts))),
        (_("Compétences"), list(_skills(drafts, matches, year.skills))),
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


def _appreciations(
    drafts: Drafts, matches: Matches, texts: Mapping[tuple[int, int], LyceeSubject]
) -> Iterator[list[Cell]]:
    yield [_("Classe"), _("Élève"), _("INE"), _("Matière"), _("Matière du livret"), _("Appréciation annuelle")]
    labels = {each.subject: each.label for each in drafts.facts.courses}
    by_student: dict[int, list[LyceeSubject]] = {}
    for each in texts.values():
        by_student.setdefault(each.student_id, []).append(each)
    for pupil, division in drafts.places():
        told = (each for each in by_student.get(pupil.id, ()) if each.text and each.subject_id in labels)
        for each in sorted(told, key=lambda each: labels[each.subject_id]):
            yield [
                division.label, pupil.name, pupil.ine, labels[each.subject_id],
                matches.label(each.subject_id, pupil.mef) or _("sans correspondance"), each.text,
            ]  # fmt: skip


def _skills(drafts: Drafts, matches: Matches, skills: Assessed) -> Iterator[list[Cell]]:
    yield [
        _("Classe"), _("Élève"), _("INE"), _("Matière"), _("Matière du livret"), _("Compétence"), _("Niveau"), _("Maîtrise"),
    ]  # fmt: skip
    labels = {each.subject: each.label for each in drafts.facts.courses}
    by_student: dict[int, list[int]] = {}
    for student, subject in skills:
        by_student.setdefault(student, []).append(subject)
    for pupil, division in drafts.places():
        for subject in sorted(by_student.get(pupil.id, ()), key=lambda each: labels.get(each, "")):
            for skill, level in skills[pupil.id, subject]:
                yield [
                    division.label, pupil.name, pupil.ine, labels.get(subject, ""),
                    matches.label(subject, pupil.mef) or _("sans correspondance"), skill.label, LETTERS[level],
                    str(Level(level).label),
                ]  # fmt: skip
