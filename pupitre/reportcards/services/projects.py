"""What a class did across subjects, and what is said of it: of the class, or of one student."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.reportcards.models import MOST_APPRECIATION, Project, ProjectCourse, ProjectReport
from pupitre.reportcards.queries.places import standings_of, students_in
from pupitre.reportcards.refusals import Refusal
from pupitre.timetable.models import Course

LEAST_OF_EPI = 2
"""An EPI crosses two disciplines at least (arrêté du 19 mai 2015)."""


@transaction.atomic
def write_project(
    *, division: Group, term: Term, project: Project | None, kind: str, title: str, text: str, courses: Collection[Course],
    actor: Actor,
) -> Project:  # fmt: skip
    """Add a project to a class in a term, or change it. Raises Refusal: an EPI of one discipline, a title there already."""
    title, text = plain(title), plain(text)
    subjects = {each.subject_id for each in courses}
    if kind == Project.Kind.EPI and len(subjects) < LEAST_OF_EPI:
        raise Refusal(_("Un EPI réunit au moins deux disciplines : cochez-en une autre."))
    same = Project.objects.filter(division=division, term=term, kind=kind, title=title)
    if same.exclude(pk=project.pk if project else None).exists():
        raise Refusal(_("« %(title)s » existe déjà pour cette classe.") % {"title": title})
    row = project or Project(division=division, term=term, position=Project.objects.filter(division=division).count())
    row.kind, row.title, row.text = kind, title, text
    row.save()
    ProjectCourse.objects.filter(project=row).exclude(course__in=courses).delete()
    school = current_establishment_id()
    ProjectCourse.objects.bulk_create(
        [ProjectCourse(establishment_id=school, project=row, course=each) for each in courses], ignore_conflicts=True
    )
    audit.record(actor, "reportcards.write_project", row)
    return row


@transaction.atomic
def remove_project(*, project: Project, actor: Actor) -> None:
    """Take a project off the bulletins to come; those that were given keep it."""
    audit.record(actor, "reportcards.remove_project", project)
    project.delete()


@transaction.atomic
def note_students(*, project: Project, texts: Mapping[int, str], actor: Actor) -> None:
    """Say something of some students in a project; an empty text takes it back. Raises Refusal, and then nothing is kept."""
    people = {each.pk: each for each in students_in(project.division_id, project.term).filter(pk__in=texts)}
    standings = standings_of(people, project.term)
    held = dict(ProjectReport.objects.filter(project=project).values_list("student_id", "text"))
    for pk, student in people.items():
        text = plain(texts[pk])
        if text == held.get(pk, ""):
            continue
        if standings[pk].status == "published":
            raise Refusal(
                _("%(name)s : le bulletin est publié. Seule la direction peut le rouvrir.")
                % {"name": student.person.display_name}
            )
        if len(text) > MOST_APPRECIATION:
            raise Refusal(
                _("%(name)s : %(n)s caractères, %(most)s au plus.")
                % {"name": student.person.display_name, "n": len(text), "most": MOST_APPRECIATION}
            )
        if text:
            ProjectReport.objects.update_or_create(
                establishment_id=current_establishment_id(), project=project, student=student,
                defaults={"text": text, "written_by_id": actor.person_id, "written_at": clock.now()},
            )  # fmt: skip
        else:
            ProjectReport.objects.filter(project=project, student=student).delete()
    audit.record(actor, "reportcards.note_students", project)
