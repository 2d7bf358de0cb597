from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Person, Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.reportcards.models.texts import MOST_APPRECIATION, MOST_SYNTHESIS


class Support(models.TextChoices):
    """How a student is helped (modalités d’accompagnement); codes of the LSU, « DF » being told there apart."""

    PAP = "PAP", _("Plan d’accompagnement personnalisé (PAP)")
    PPS = "PPS", _("Projet personnalisé de scolarisation (PPS)")
    PAI = "PAI", _("Projet d’accueil individualisé (PAI)")
    PPRE = "PPRE", _("Programme personnalisé de réussite éducative (PPRE)")
    ULIS = "ULIS", _("Unité localisée pour l’inclusion scolaire (ULIS)")
    UPE2A = "UPE2A", _("Unité pédagogique pour élèves allophones arrivants (UPE2A)")
    SEGPA = "SEGPA", _("Section d’enseignement général et professionnel adapté (SEGPA)")
    CTR = "CTR", _("Contrat de réussite")
    HOMEWORK_HELP = "DF", _("Devoirs faits")


class Mention(EstablishmentOwned):
    """What the council of this school may grant (« Encouragements »): its own list, in its own order."""

    label = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "label"], name="one_mention_a_label"),)

    def __str__(self) -> str:
        return self.label


class ReportRules(EstablishmentOwned):
    """What a school shows on its bulletins; without a row, the values below."""

    shows_spread = models.BooleanField(default=False)
    shows_previous = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment"], name="one_set_of_report_rules"),)

    def __str__(self) -> str:
        return f"report rules of {self.establishment_id}"


class ReportCard(EstablishmentOwned):
    """The bulletin of a student for a term: what is said of them as a whole, and where it stands.

    Drafted by teachers, validated by the council, published by the head; families see it from `published_at` on.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("En préparation")
        VALIDATED = "validated", _("Arrêté par le conseil")
        PUBLISHED = "published", _("Publié")

    student = OwnedForeignKey(Student, models.PROTECT, related_name="report_cards", db_index=False)
    term = OwnedForeignKey(Term, models.PROTECT, related_name="+", db_index=False)
    division = OwnedForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    synthesis = models.CharField(max_length=MOST_SYNTHESIS, blank=True)
    synthesis_version = models.PositiveIntegerField(default=0)
    synthesis_by_id = models.BigIntegerField(null=True)
    synthesis_at = models.DateTimeField(null=True)
    school_life = models.CharField(max_length=MOST_APPRECIATION, blank=True)
    school_life_version = models.PositiveIntegerField(default=0)
    school_life_by_id = models.BigIntegerField(null=True)
    school_life_at = models.DateTimeField(null=True)
    mention = OwnedForeignKey(Mention, models.PROTECT, null=True, related_name="+", db_index=False)
    supports = ArrayField(models.CharField(max_length=5, choices=Support.choices), default=list, blank=True)
    # In the last two terms of the classes that choose (3e, 2de).
    wishes = models.CharField(max_length=MOST_APPRECIATION, blank=True)
    decision = models.CharField(max_length=MOST_APPRECIATION, blank=True)
    validated_at = models.DateTimeField(null=True)
    validated_by_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "student", "term"], name="one_report_card_a_term"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="published_at_an_instant"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "division", "term"], name="report_card_by_class"),
            models.Index(fields=["establishment", "term"], name="report_card_by_term"),
            models.Index(fields=["establishment", "mention"], name="report_card_by_mention"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.term_id}"


class Acknowledgement(EstablishmentOwned):
    """A guardian said that they received a bulletin: who, when, and which of its versions."""

    card = OwnedForeignKey(ReportCard, models.CASCADE, related_name="acknowledgements", db_index=False)
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    acknowledged_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "card", "guardian"], name="one_acknowledgement"),
        )
        indexes = (models.Index(fields=["guardian"], name="acknowledgement_by_guardian"),)

    def __str__(self) -> str:
        return f"{self.guardian_id} {self.card_id}"
