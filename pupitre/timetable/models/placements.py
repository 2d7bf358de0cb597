from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class WorkPlacement(EstablishmentOwned):
    """Days when the students of a class work in companies (stage, période de formation en milieu professionnel)."""

    group = OwnedForeignKey(Group, models.PROTECT, related_name="placements", db_index=False)
    label = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    planned_by_id = models.BigIntegerField()
    planned_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="placement_in_order"),)
        indexes = (models.Index(fields=["establishment", "group", "ends_on"], name="placement_by_group"),)

    def __str__(self) -> str:
        return f"{self.label} {self.starts_on}–{self.ends_on}"


class PlacedStudent(EstablishmentOwned):
    """Where one student works. Without a signed agreement (convention) nobody leaves: the student is expected at school.

    Source: Code de l’éducation, L124-1 and D124-4 (convention signée par l’établissement, l’organisme d’accueil, l’élève).
    """

    class Agreement(models.TextChoices):
        TO_FIND = "to_find", _("Entreprise à trouver")
        SENT = "sent", _("Convention envoyée")
        SIGNED = "signed", _("Convention signée")

    placement = OwnedForeignKey(WorkPlacement, models.CASCADE, related_name="students", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="placements", db_index=False)
    company = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=80, blank=True)
    tutor = models.CharField(max_length=120, blank=True)
    agreement = models.CharField(max_length=8, choices=Agreement.choices, default=Agreement.TO_FIND)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "placement", "student"], name="one_place_a_placement"),
            models.CheckConstraint(condition=~Q(agreement="signed", company=""), name="signed_with_somebody"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="placed_by_student"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.company}"
