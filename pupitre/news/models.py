"""News, whom it is for, who has read it and what they answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group, Person, Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.files.models import StoredFile


class News(EstablishmentOwned):
    """One piece of news. It is seen from `starts_at` to `ends_on` by those it is for, once published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Brouillon")
        SUBMITTED = "submitted", _("À relire")
        REFUSED = "refused", _("Non retenue")
        PUBLISHED = "published", _("Publiée")
        WITHDRAWN = "withdrawn", _("Retirée")

    class Category(models.TextChoices):
        LIFE = "life", _("Vie de l’établissement")
        PRACTICAL = "practical", _("Infos pratiques")
        OUTING = "outing", _("Sorties et projets")
        CULTURE = "culture", _("Culture et clubs")
        ORIENTATION = "orientation", _("Orientation")
        HEALTH = "health", _("Santé et prévention")
        ADMINISTRATION = "administration", _("Administration")

    class Answer(models.TextChoices):
        NONE = "", _("Aucune réponse")
        ACKNOWLEDGE = "acknowledge", _("« J’ai lu »")
        ONE = "one", _("Un choix")
        SEVERAL = "several", _("Plusieurs choix")
        TEXT = "text", _("Quelques mots")

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    category = models.CharField(max_length=14, choices=Category.choices, default=Category.LIFE)
    picture = OwnedForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", db_index=False)
    # What the picture shows, for whoever does not see it.
    picture_text = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    author_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)
    # When those it is for were told; none before `starts_at`.
    told_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    choices = models.JSONField(default=list)
    is_anonymous = models.BooleanField(default=False)
    last_answer_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(picture=None) | ~Q(picture_text=""), name="a_picture_says_what_it_shows"
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "state", "starts_at"], name="news_in_time"),
            models.Index(fields=["establishment", "author"], name="news_by_author"),
            models.Index(fields=["establishment", "picture"], name="news_by_picture"),
        )

    def __str__(self) -> str:
        return self.title


class NewsTarget(EstablishmentOwned):
    """A part of the audience: a profile of the whole school, or that of a class, a group, or one child."""

    news = OwnedForeignKey(News, models.CASCADE, related_name="targets", db_index=False)
    profile = models.CharField(max_length=20, choices=Profile.choices)
    group = OwnedForeignKey(Group, models.CASCADE, null=True, related_name="+", db_index=False)
    student = OwnedForeignKey(Student, models.CASCADE, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["establishment", "news", "profile", "group", "student"],
                name="one_news_target",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(group=None) | Q(student=None), name="a_group_or_a_child"),
        )

    def __str__(self) -> str:
        return f"{self.news_id} → {self.profile}"


class NewsReading(EstablishmentOwned):
    """Somebody opened a piece of news; `has_answered` says nothing of what."""

    news = OwnedForeignKey(News, models.CASCADE, related_name="readings", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()
    has_answered = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "news", "person"], name="one_news_reading"),)

    def __str__(self) -> str:
        return f"{self.person_id} read {self.news_id}"


class NewsAnswer(EstablishmentOwned):
    """What somebody answered. Of an anonymous question neither who nor when is kept, and its number is drawn."""

    news = OwnedForeignKey(News, models.CASCADE, related_name="answers", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    # Places in `News.choices`.
    chosen = models.JSONField(default=list)
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "news", "person"], name="one_news_answer"),)

    def __str__(self) -> str:
        return f"{self.person_id or '?'} answers {self.news_id}"


class NewsRules(EstablishmentOwned):
    """How a school reads what is written to it: whether news of those who publish for their classes are read over first."""

    reads_over = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment"], name="one_news_rules"),)

    def __str__(self) -> str:
        return f"read over: {self.reads_over}"
