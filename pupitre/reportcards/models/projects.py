from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.reportcards.models.texts import MOST_APPRECIATION
from pupitre.timetable.models import Course


class Project(EstablishmentOwned):
    """Something a class does across subjects in a term (AP, EPI, parcours), and what is said of it for the whole class."""

    class Kind(models.TextChoices):
        """Codes of the LSU for the four paths."""

        AP = "AP", _("Accompagnement personnalisé")
        EPI = "EPI", _("Enseignement pratique interdisciplinaire")
        CAREER = "PAR_AVN", _("Parcours avenir")
        CITIZEN = "PAR_CIT", _("Parcours citoyen")
        ARTS = "PAR_ART", _("Parcours d’éducation artistique et culturelle")
        HEALTH = "PAR_SAN", _("Parcours éducatif de santé")

    division = OwnedForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    title = models.CharField(max_length=150)
    text = models.CharField(max_length=MOST_APPRECIATION, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "division", "term", "kind", "title"], name="one_project_a_title"
            ),
        )
        indexes = (models.Index(fields=["establishment", "term"], name="project_by_term"),)

    def __str__(self) -> str:
        return self.title


class ProjectCourse(EstablishmentOwned):
    """A course that takes part in a project; two of them at least make an EPI."""

    project = OwnedForeignKey(Project, models.CASCADE, related_name="courses", db_index=False)
    course = OwnedForeignKey(Course, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "project", "course"], name="one_course_a_project"),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.course_id}"


class ProjectReport(EstablishmentOwned):
    """What is said of one student in a project."""

    project = OwnedForeignKey(Project, models.CASCADE, related_name="reports", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(max_length=MOST_APPRECIATION)
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "project", "student"], name="one_project_report"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} in {self.project_id}"
