"""What the LSU needs and no other room holds: how subjects are chosen, the end of a cycle, the files given."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Person, Student, Subject
from pupitre.establishments.models import SchoolYear, Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.integrations.lsu import limits


class Mode(models.TextChoices):
    """How a subject is followed (modalité d’élection). Source: SIECLE, nomenclature MODALITE_ELECTION."""

    COMMON = "S", _("Tronc commun")
    OPTION = "O", _("Option obligatoire")
    OPTIONAL = "F", _("Facultatif")
    ADDED = "L", _("Ajout académique au programme")
    RELIGIOUS = "R", _("Enseignement religieux")
    SPECIFIC = "X", _("Mesure spécifique")
    EXEMPT = "D", _("Dérogation")


class LsuSettings(EstablishmentOwned):
    """What a school chose for its files; without a row, the newest version, signed by its head."""

    VERSIONS = tuple((each, each) for each in limits.VERSIONS)

    schema_version = models.CharField(max_length=4, choices=VERSIONS, default=limits.VERSIONS[0])
    signatory = models.CharField(max_length=limits.NAME, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment"], name="one_set_of_lsu_settings"),)

    def __str__(self) -> str:
        return f"LSU of {self.establishment_id}"


class Discipline(EstablishmentOwned):
    """How the LSU knows a subject, when it is not as `modes.py` supposes; `code` replaces a code that is not national."""

    subject = OwnedForeignKey(Subject, models.CASCADE, related_name="+", db_index=False)
    mode = models.CharField(max_length=1, choices=Mode.choices)
    code = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "subject"], name="one_discipline_a_subject"),)

    def __str__(self) -> str:
        return f"{self.subject_id} {self.mode}"


class CycleEnd(EstablishmentOwned):
    """The end of a cycle of a student (3 in 6e, 4 in 3e): eight components, a synthesis, a complement.

    `levels`: by code of component, from 0 (exempt) to 4; one that is missing is not decided yet. `version` counts what was
    saved, so that two people see that they meet.
    """

    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    school_year = OwnedForeignKey(SchoolYear, models.PROTECT, related_name="+", db_index=False)
    cycle = models.PositiveSmallIntegerField()
    levels = models.JSONField(default=dict)
    synthesis = models.CharField(max_length=limits.SYNTHESIS, blank=True)
    complement = models.CharField(max_length=3, blank=True)
    complement_level = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=3, blank=True)
    language_level = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "student", "school_year"], name="one_cycle_end_a_year"),
            models.CheckConstraint(condition=Q(cycle__in=(3, 4)), name="cycle_three_or_four"),
        )
        indexes = (models.Index(fields=["establishment", "school_year"], name="cycle_end_by_year"),)

    def __str__(self) -> str:
        return f"{self.student_id} cycle {self.cycle}"


class LsuExport(EstablishmentOwned):
    """A file that was made: what it tells, who asked for it, its hash. Its bytes are sealed, and forgotten after a year.

    `left_aside`: the students it leaves out, as [name, class, [why…]]; `term` is None for the end of a cycle.
    """

    term = OwnedForeignKey(Term, models.PROTECT, null=True, related_name="+", db_index=False)
    school_year = OwnedForeignKey(SchoolYear, models.PROTECT, related_name="+", db_index=False)
    division = OwnedForeignKey(Group, models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    schema_version = models.CharField(max_length=4)
    reports = models.PositiveIntegerField()
    left_aside = models.JSONField(default=list)
    student_ids = ArrayField(models.BigIntegerField(), default=list)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    data = models.BinaryField(null=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["establishment", "-made_at"], name="lsu_export_by_date"),
            models.Index(fields=["establishment", "term"], name="lsu_export_by_term"),
            models.Index(fields=["establishment", "school_year"], name="lsu_export_by_year"),
            models.Index(fields=["establishment", "division"], name="lsu_export_by_class"),
        )

    def __str__(self) -> str:
        return self.name


class LsuCheck(EstablishmentOwned):
    """What the last look at a term found: how many reports are ready, how many things are to be mended."""

    term = OwnedForeignKey(Term, models.CASCADE, related_name="+", db_index=False)
    ready = models.PositiveIntegerField()
    blocked = models.PositiveIntegerField()
    faults = models.PositiveIntegerField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "term"], name="one_lsu_check_a_term"),)

    def __str__(self) -> str:
        return f"{self.term_id}: {self.ready} ready"


class BookletSubject(EstablishmentOwned):
    """The subject of the booklet of the lycée (LSL) under which a subject stands, for a path (MEF); without one, for every path."""

    subject = OwnedForeignKey(Subject, models.CASCADE, related_name="+", db_index=False)
    mef = models.CharField(max_length=11, blank=True)
    label = models.CharField(max_length=limits.BOOKLET_SUBJECT)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "subject", "mef"], name="one_booklet_subject_a_path"),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} {self.mef}: {self.label}"


class Engagement(models.TextChoices):
    """What a student of a lycée commits to, as the booklet (LSL) asks for it."""

    DELEGATE = "delegate", _("Délégué de classe")
    COUNCIL = "council", _("Conseil de la vie lycéenne, conseil d’administration")
    GREEN = "green", _("Éco-délégué")
    HOUSE = "house", _("Maison des lycéens")
    SPORT = "sport", _("Association sportive")
    OTHER = "other", _("Autre engagement")


class ExamOpinion(models.TextChoices):
    """The opinion of the council for the examination. Source: livret scolaire du lycée, « avis en vue de l’examen »."""

    VERY = "very", _("Très favorable")
    FAVOURABLE = "favourable", _("Favorable")
    RATHER = "rather", _("Assez favorable")
    TO_PROVE = "to_prove", _("Doit faire ses preuves à l’examen")


class LyceeYear(EstablishmentOwned):
    """What the booklet of the lycée says of a year of a student and no other room holds. `version` counts what was saved."""

    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    school_year = OwnedForeignKey(SchoolYear, models.PROTECT, related_name="+", db_index=False)
    engagements = ArrayField(models.CharField(max_length=8), default=list)
    detail = models.CharField(max_length=300, blank=True)
    appreciation = models.CharField(max_length=limits.APPRECIATION, blank=True)
    head_opinion = models.CharField(max_length=limits.APPRECIATION, blank=True)
    exam_opinion = models.CharField(max_length=10, choices=ExamOpinion.choices, blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "student", "school_year"], name="one_lycee_year_a_student"
            ),
        )
        indexes = (models.Index(fields=["establishment", "school_year"], name="lycee_year_by_year"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.school_year_id}"


class LyceeSubject(EstablishmentOwned):
    """What the booklet of the lycée says of a year of a student in a subject. `version` counts what was saved."""

    student = OwnedForeignKey(Student, models.PROTECT, related_name="+", db_index=False)
    school_year = OwnedForeignKey(SchoolYear, models.PROTECT, related_name="+", db_index=False)
    subject = OwnedForeignKey(Subject, models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(max_length=limits.APPRECIATION, blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "student", "school_year", "subject"], name="one_lycee_subject_a_year"
            ),
        )
        indexes = (models.Index(fields=["establishment", "school_year", "subject"], name="lycee_subject_by_year"),)

    def __str__(self) -> str:
        return f"{self.student_id} {self.subject_id} {self.school_year_id}"
