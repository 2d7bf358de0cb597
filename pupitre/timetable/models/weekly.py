from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from pupitre.directory.models import Group, Person, Subject
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Classroom(EstablishmentOwned):
    """A room (salle)."""

    code = models.CharField(max_length=40)
    label = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "code"], name="one_classroom_a_code"),)

    def __str__(self) -> str:
        return self.label or self.code


class Course(EstablishmentOwned):
    """A subject taught to a group (service d'enseignement). Teachers in `CourseTeacher`."""

    group = OwnedForeignKey(Group, models.PROTECT, related_name="courses")
    subject = OwnedForeignKey(Subject, models.PROTECT, related_name="courses")
    # STS: CG, TP, TD…
    modality = models.CharField(max_length=4, blank=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "group", "subject", "modality"], name="one_course"),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} × {self.group_id}"


class CourseTeacher(EstablishmentOwned):
    """Who teaches a course, with dates; several for co-teaching."""

    course = OwnedForeignKey(Course, models.CASCADE, related_name="teachers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "person", "course"], name="one_course_teacher"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} teaches {self.course_id}"


class TimetableSlot(EstablishmentOwned):
    """A weekly lesson of a course. Local times of the school.

    `weeks`: bit i says that the lesson takes place i weeks after the Monday of the first week of the school year
    (`SchoolYear.first_monday`); holidays are bits at zero. 53 bits: one row a year, not thirty-six.
    """

    course = OwnedForeignKey(Course, models.CASCADE, related_name="slots", db_index=False)
    weekday = models.PositiveSmallIntegerField()  # 1 Monday … 7 Sunday
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    weeks = models.BigIntegerField()
    alternation = models.CharField(max_length=10, blank=True)
    classroom = OwnedForeignKey(Classroom, models.PROTECT, null=True, related_name="slots", db_index=False)
    # Those of the course who teach this slot, persons' ids; empty when the post is vacant.
    teacher_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_in_order"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="slot_on_a_weekday"),
        )
        indexes = (models.Index(fields=["establishment", "course"], name="slot_by_course"),)

    def __str__(self) -> str:
        return f"{self.course_id} {self.weekday} {self.starts_at:%H:%M}"


class CalendarFeed(EstablishmentOwned):
    """An address that a calendar application reads without signing in: the lessons of one person.

    `student` is whose week it tells; without one, the lessons that the reader teaches. Removing the row shuts the address.
    """

    reader = models.ForeignKey(Person, models.CASCADE, related_name="+")
    student = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    # Half of the address; the other half is a signature that only the server can make.
    nonce = models.CharField(max_length=22)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "reader", "student"], name="one_feed_a_week", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.reader_id} reads {self.student_id or 'own lessons'}"
