from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.councils.models.sittings import Sitting
from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Member(EstablishmentOwned):
    """Somebody who sits in the council of a class, as what, and whether they came.

    Source: Code de l’éducation, R421-50: the head presides; teachers of the class, two delegates of the students and two
    of the parents, the counsellor (CPE) and the guidance counsellor (psychologue de l’Éducation nationale) sit.
    """

    class Role(models.TextChoices):
        PRESIDENT = "president", _("Préside")
        FORM_TEACHER = "form_teacher", _("Professeur principal")
        TEACHER = "teacher", _("Professeur")
        SCHOOL_LIFE = "school_life", _("Vie scolaire")
        STUDENT = "student", _("Délégué des élèves")
        PARENT = "parent", _("Délégué des parents")
        OTHER = "other", _("Autre membre")

    class Presence(models.TextChoices):
        EXPECTED = "expected", _("Attendu")
        PRESENT = "present", _("Présent")
        EXCUSED = "excused", _("Excusé")
        ABSENT = "absent", _("Absent")

    sitting = OwnedForeignKey(Sitting, models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role.choices)
    presence = models.CharField(max_length=8, choices=Presence.choices, default=Presence.EXPECTED)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "sitting", "person"], name="one_seat_a_person"),
        )
        indexes = (models.Index(fields=["person"], name="member_by_person"),)

    def __str__(self) -> str:
        return self.name


DELEGATES = (Member.Role.STUDENT.value, Member.Role.PARENT.value)
