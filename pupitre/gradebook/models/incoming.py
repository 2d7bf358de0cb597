from django.db import models
from django.db.models import F, Q

from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.gradebook.models.assessments import Assessment
from pupitre.timetable.models import Course


class IncomingColumn(EstablishmentOwned):
    """Marks that an outside tool sends for a course: a draft that the teacher confirms into an assessment, or sets aside.

    Nothing of it counts, nor is seen by families. `source` names the tool for us (« lti:12 »), `source_name` for people, and
    `external_id` the column for the tool.
    """

    course = OwnedForeignKey(Course, models.PROTECT, related_name="incoming", db_index=False)
    source = models.CharField(max_length=60)
    source_name = models.CharField(max_length=80)
    external_id = models.CharField(max_length=255)
    title = models.CharField(max_length=80)
    maximum = models.DecimalField(max_digits=7, decimal_places=2)
    assessment = OwnedForeignKey(Assessment, models.SET_NULL, null=True, related_name="incoming", db_index=False)
    set_aside_at = models.DateTimeField(null=True)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "source", "external_id"], name="one_incoming_column"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="incoming_out_of_something"),
        )
        indexes = (
            models.Index(fields=["establishment", "course"], name="incoming_by_course"),
            models.Index(fields=["establishment", "assessment"], name="incoming_by_assessment"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"


class IncomingMark(EstablishmentOwned):
    """What a tool last said of a student: `points` out of `maximum`, or nothing yet (None).

    `sent_at` is the tool's own clock: what is older is refused. `version` counts what was received, `settled` the last one
    that the teacher confirmed or left out.
    """

    column = OwnedForeignKey(IncomingColumn, models.CASCADE, related_name="marks", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    maximum = models.DecimalField(max_digits=7, decimal_places=2)
    comment = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    settled = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "column", "student"], name="one_incoming_mark"),
            models.CheckConstraint(condition=Q(points=None) | Q(points__gte=0), name="incoming_above_zero"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="incoming_mark_out_of_something"),
            models.CheckConstraint(condition=Q(settled__lte=F("version")), name="settled_once_received"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="incoming_by_student"),)

    def __str__(self) -> str:
        return f"{self.column_id} {self.student_id} v{self.version}"
