from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Student
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.gradebook.mastery import Mode
from pupitre.gradebook.models.assessments import Assessment
from pupitre.gradebook.socle import Domain, Level

MOST_SKILLS = 12
"""An assessment is linked to twelve skills at most."""


class SchoolSkill(EstablishmentOwned):
    """A skill of the school’s own, under a component of the base. Once used it is put away, never removed."""

    domain = models.CharField(max_length=7, choices=Domain.choices)
    label = models.CharField(max_length=160)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "domain", "label"], name="one_school_skill_a_label"),
        )

    def __str__(self) -> str:
        return self.label


class SkillMode(EstablishmentOwned):
    """How the levels of a skill become one in this school; without a row, the mean of the last three."""

    MODES = (
        (Mode.LAST.value, _("Les dernières")),
        (Mode.BEST.value, _("La meilleure")),
        (Mode.N_BEST.value, _("Les meilleures")),
        (Mode.MEAN.value, _("Toutes")),
        (Mode.PROGRESSIVE.value, _("Toutes, les plus récentes pèsent plus")),
    )

    skill = models.CharField(max_length=24)
    mode = models.CharField(max_length=11, choices=MODES, default=Mode.LAST.value)
    count = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "skill"], name="one_mode_a_skill"),
            models.CheckConstraint(condition=Q(count__range=(1, 20)), name="a_few_levels_count"),
        )

    def __str__(self) -> str:
        return f"{self.skill} {self.mode}"


class AssessedSkill(EstablishmentOwned):
    """A skill that an assessment looks at; shown to whom and when its marks are."""

    assessment = OwnedForeignKey(Assessment, models.CASCADE, related_name="skills", db_index=False)
    skill = models.CharField(max_length=24)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "assessment", "skill"], name="one_link_to_a_skill"),
        )

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.skill}"


class SkillLevel(EstablishmentOwned):
    """The level that a student showed of a skill at an assessment; without a row, not assessed."""

    assessment = OwnedForeignKey(Assessment, models.CASCADE, related_name="levels", db_index=False)
    student = OwnedForeignKey(Student, models.PROTECT, related_name="levels", db_index=False)
    skill = models.CharField(max_length=24)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    noted_by_id = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "assessment", "student", "skill"], name="one_level_a_student"
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="four_levels"),
        )
        indexes = (models.Index(fields=["establishment", "student"], name="level_by_student"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.skill} {self.level}"
