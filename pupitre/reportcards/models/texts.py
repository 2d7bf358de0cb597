from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.timetable.models import Course

MOST_APPRECIATION = 600
"""Characters of an appreciation, of the school-life comment and of a project’s. Source: LSU, import XSD."""
MOST_SYNTHESIS = 1000
"""Characters of the synthesis (« acquis-conseils » of the LSU)."""
MOST_ELEMENT = 300
"""Characters of an element of the programme (LSU)."""


class Place(models.TextChoices):
    """Where a text of a bulletin stands."""

    SUBJECT = "subject", _("Appréciation")
    SCHOOL_LIFE = "school_life", _("Vie scolaire")
    SYNTHESIS = "synthesis", _("Synthèse")


MOST = {
    Place.SUBJECT.value: MOST_APPRECIATION,
    Place.SCHOOL_LIFE.value: MOST_APPRECIATION,
    Place.SYNTHESIS.value: MOST_SYNTHESIS,
}


class SubjectReport(EstablishmentOwned):
    """What a teacher writes of a student in a course for a term. `version` counts what was written, as marks do.

    `positioning` is the level from 1 to 4 (positionnement) set by hand; None when skills decide, or nothing does.
    """

    student = OwnedForeignKey(Student, models.PROTECT, related_name="subject_reports", db_index=False)
    course = OwnedForeignKey(Course, models.PROTECT, related_name="+", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(max_length=MOST_APPRECIATION, blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(null=True)
    positioning = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "course", "term", "student"], name="one_subject_report_a_term"
            ),
            models.CheckConstraint(
                condition=Q(positioning=None) | Q(positioning__range=(1, 4)), name="positioning_of_four_levels"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "student", "term"], name="subject_report_by_student"),
            models.Index(fields=["establishment", "term"], name="subject_report_by_term"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} in {self.course_id}"


class TextVersion(EstablishmentOwned):
    """Everything that was ever written in a place of a bulletin; `is_kept` is false for what met another hand’s."""

    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    # Nothing for a text of the whole card.
    course = OwnedForeignKey(Course, models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.CharField(max_length=11, choices=Place.choices)
    text = models.CharField(max_length=MOST_SYNTHESIS, blank=True)
    version = models.PositiveIntegerField()
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    is_kept = models.BooleanField(default=True)

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "student", "term", "place"], name="text_version_by_student"),
            models.Index(fields=["establishment", "course"], name="text_version_by_course"),
            models.Index(fields=["establishment", "term"], name="text_version_by_term"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.place} v{self.version}"


class ProgrammeElement(EstablishmentOwned):
    """Something of the programme that a course worked on in a term, told on every bulletin of its students."""

    course = OwnedForeignKey(Course, models.PROTECT, related_name="+", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=MOST_ELEMENT)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "course", "term", "label"], name="one_element_a_label"),
        )
        indexes = (models.Index(fields=["establishment", "term"], name="element_by_term"),)

    def __str__(self) -> str:
        return self.label
