"""People and groups. Persons, their outside ids, affiliations and guardianships are reference data: a person may have
several schools, so they stand outside the wall and are reached through what the actor may see. The rest is walled.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pupitre.accounts.models import User
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey


class Person(models.Model):
    """A human being, once, whatever the schools. Names are kept as the source writes them; shown names are made once."""

    last_name = models.CharField(max_length=100)
    usage_name = models.CharField(max_length=100, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    display_name = models.CharField(max_length=200)
    formal_name = models.CharField(max_length=120)
    # Accents folded, family name first: never rely on the database's collation.
    sort_key = models.CharField(max_length=200)
    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.DateField(null=True)
    email = models.EmailField(max_length=254, blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    accepts_sms = models.BooleanField(default=False)
    # An organisation (child welfare service) that is someone's guardian.
    is_organisation = models.BooleanField(default=False)
    user = models.OneToOneField(User, models.SET_NULL, null=True, related_name="person")

    class Meta:
        indexes = (
            models.Index(fields=["sort_key"], name="person_by_name", opclasses=["text_pattern_ops"]),
            # How imports find the same adult in another school.
            models.Index(fields=["mobile"], name="person_by_mobile", condition=~Q(mobile="")),
            models.Index(Lower("email"), name="person_by_email", condition=~Q(email="")),
        )

    def __str__(self) -> str:
        return self.display_name


class ExternalId(models.Model):
    """How an outside system names a person. `namespace` is where the id is unique: a UAI, an academy, or « national »."""

    class Source(models.TextChoices):
        INE = "ine"
        SIECLE_STUDENT = "siecle_student"
        SIECLE_PERSON = "siecle_person"
        PRIVATE_STUDENT = "private_student"
        STS_EPP = "sts_epp"
        STS_LOCAL = "sts_local"
        AAF = "aaf"
        FREGATA = "fregata"
        ONDE = "onde"
        CSV = "csv"

    person = models.ForeignKey(Person, models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=20, choices=Source.choices)
    namespace = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = (
            # An INE alone identifies nobody: two students may bear one, so it is not unique.
            models.UniqueConstraint(
                fields=["source", "namespace", "value"], condition=~Q(source="ine"), name="one_person_an_external_id"
            ),
        )
        indexes = (models.Index(fields=["source", "namespace", "value"], name="external_id_lookup"),)

    def __str__(self) -> str:
        return f"{self.source}:{self.namespace}:{self.value}"


class Affiliation(models.Model):
    """What a person is in a school, with dates. Never deleted by an import: it is end-dated."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="affiliations")
    profile = models.CharField(max_length=20, choices=Profile.choices)
    # The trade as people say it: « Mathématiques », « CPE », « 4e B ».
    function = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "person", "profile"], name="one_affiliation_a_profile"),
        )
        indexes = (models.Index(fields=["person"], name="affiliation_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.profile} {self.establishment_id}"


class Grant(models.Model):
    """A capability given to a person in one school for a time, beside what the profile gives (IDN-2).

    It holds while the person works there: a parent who stops working in the school keeps nothing of it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="+")
    capability = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "person", "capability"], name="one_grant_a_capability"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.capability} {self.establishment_id}"


class SecondFactorRule(models.Model):
    """From which day a school, or an academy for all its schools, asks a second factor of those who work there. The earlier
    of both days holds: a school may ask for more than its academy, never for less.
    """

    class Who(models.TextChoices):
        ADMINISTRATORS = "administrators", _("La direction, les référents numériques et l’académie")
        STAFF = "staff", _("Tous les personnels")

    establishment = models.OneToOneField(Establishment, models.PROTECT, null=True, related_name="+")
    academy = models.CharField(max_length=3, blank=True)
    who = models.CharField(max_length=20, choices=Who.choices)
    starts_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["academy"], condition=~Q(academy=""), name="one_rule_an_academy"),
            models.CheckConstraint(
                condition=Q(establishment=None, academy__gt="") | Q(establishment__isnull=False, academy=""),
                name="a_school_or_an_academy",
            ),
        )

    def __str__(self) -> str:
        return f"{self.who} of {self.academy or self.establishment_id} from {self.starts_on}"


class Relation(models.TextChoices):
    """What a guardian is to a student (SIECLE, codes of 2018)."""

    MOTHER = "10", _("Mère")
    FATHER = "20", _("Père")
    SIBLING = "37", _("Frère ou sœur")
    ASCENDANT = "38", _("Ascendant")
    FAMILY = "39", _("Autre membre de la famille")
    EDUCATOR = "41", _("Éducateur")
    FOSTER_CARER = "42", _("Assistant familial")
    CHILD_MINDER = "43", _("Garde d’enfant")
    TUTOR = "50", _("Tuteur")
    CHILD_WELFARE = "51", _("Aide sociale à l’enfance")
    SELF = "70", _("L’élève lui-même")
    OTHER = "90", _("Autre lien")
    UNKNOWN = "", _("Lien non précisé")


class Guardianship(models.Model):
    """The link of a guardian to a student in one school, as its last import says: a link removed stops access at once."""

    class Level(models.IntegerChoices):
        LEGAL = 1, _("Responsable légal")
        IN_CHARGE = 2, _("Personne en charge")
        CONTACT = 3, _("Contact")

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="+")
    student = models.ForeignKey(Person, models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="wards")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    relation = models.CharField(max_length=2, choices=Relation.choices, blank=True)
    pays_fees = models.BooleanField(default=False)
    lodges = models.BooleanField(default=False)
    contact_first = models.BooleanField(default=False)
    # Decided by the head of school (court order): no access whatever the level.
    is_restricted = models.BooleanField(default=False)
    source = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "student", "guardian"], name="one_guardianship"),
        )
        indexes = (models.Index(fields=["guardian"], name="guardianship_by_guardian"),)

    def __str__(self) -> str:
        return f"{self.guardian_id} → {self.student_id}"


class Programme(EstablishmentOwned):
    """A training level (MEF). `stat`: its code in national statistics (MEFSTAT11), when the nomenclature tells it."""

    mef = models.CharField(max_length=11)
    label = models.CharField(max_length=60)
    stat = models.CharField(max_length=11, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "mef"], name="one_programme_a_mef"),)

    def __str__(self) -> str:
        return self.label


class Subject(EstablishmentOwned):
    """A subject (matière): national code of six characters, labels of the school's nomenclature."""

    code = models.CharField(max_length=6)
    short_code = models.CharField(max_length=10, blank=True)
    short_label = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "code"], name="one_subject_a_code"),)

    def __str__(self) -> str:
        return self.label


class Student(EstablishmentOwned):
    """A person's schooling in one school. Dates: present from `entered_on` to `left_on` included."""

    class Status(models.TextChoices):
        SCHOOL = "ST", _("Scolaire")
        APPRENTICE = "AP", _("Apprenti")

    person = models.ForeignKey(Person, models.PROTECT, related_name="schoolings")
    ine = models.CharField(max_length=11, blank=True)
    mef = models.CharField(max_length=11, blank=True)
    status = models.CharField(max_length=2, choices=Status.choices, default=Status.SCHOOL)
    # SIECLE CODE_REGIME: the first character is the class (0 externe, 2 demi-pension, 3 interne…).
    boarding_code = models.CharField(max_length=2, blank=True)
    entered_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    exit_reason = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "person"], name="one_schooling_a_school"),)

    def __str__(self) -> str:
        return str(self.person)


class Group(EstablishmentOwned):
    """Students taught together in a school year: a division (class), a group, or a part of a division."""

    class Kind(models.TextChoices):
        DIVISION = "division", _("Classe")
        GROUP = "group", _("Groupe")
        PART = "part", _("Partie de classe")

    school_year = OwnedForeignKey(SchoolYear, models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The code is a string, never a number, never re-cased; « 5 C » and « 5C » may be two classes.
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=60)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "school_year", "code"], name="one_group_a_code"),
        )

    def __str__(self) -> str:
        return self.label


class Membership(EstablishmentOwned):
    """A student in a group, with dates, both included."""

    student = OwnedForeignKey(Student, models.PROTECT, related_name="memberships")
    group = OwnedForeignKey(Group, models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["establishment", "student", "group", "starts_on"], name="one_membership"),
        )
        indexes = (models.Index(fields=["establishment", "group"], name="membership_by_group"),)

    def __str__(self) -> str:
        return f"{self.student_id} in {self.group_id}"


class FormTeacher(EstablishmentOwned):
    """A head teacher (professeur principal) of a division."""

    group = OwnedForeignKey(Group, models.CASCADE, related_name="form_teachers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "group", "person"], name="one_form_teacher"),)

    def __str__(self) -> str:
        return f"{self.person_id} of {self.group_id}"
