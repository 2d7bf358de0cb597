from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.establishments.scope import EstablishmentOwned
from pupitre.gradebook.rounding import Direction, Rounding


class GradingRules(EstablishmentOwned):
    """What a school chose for its marks; without a row, the values below."""

    DIRECTIONS = (
        (Direction.NEAREST.value, _("Au plus proche")),
        (Direction.UP.value, _("Au-dessus")),
        (Direction.DOWN.value, _("Au-dessous")),
        (Direction.NONE.value, _("Sans arrondi (deux décimales, sans arrondir)")),
    )
    STEPS = ((1, _("0,01 point")), (10, _("0,1 point")), (50, _("0,5 point")), (100, _("1 point")))

    class Annual(models.TextChoices):
        """How the average of the year is made."""

        TERMS = "terms", _("Moyenne des moyennes de chaque période")
        MARKS = "marks", _("Moyenne de toutes les notes de l’année")

    direction = models.CharField(max_length=7, choices=DIRECTIONS, default=Direction.NEAREST.value)
    step = models.PositiveSmallIntegerField(choices=STEPS, default=10)
    annual = models.CharField(max_length=5, choices=Annual.choices, default=Annual.TERMS)
    # Circulaire du 10 juillet 2025, « numérique raisonné »: a student knows first.
    guardian_delay_hours = models.PositiveSmallIntegerField(default=24)
    shows_class = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment"], name="one_set_of_grading_rules"),
            models.CheckConstraint(condition=models.Q(guardian_delay_hours__lte=336), name="guardians_told_in_time"),
        )

    def __str__(self) -> str:
        return f"grading rules of {self.establishment_id}"

    @property
    def rounding(self) -> Rounding:
        """The rule by which averages are written."""
        return Rounding(Direction(self.direction), self.step)
