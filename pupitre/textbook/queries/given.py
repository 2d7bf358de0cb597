"""Work as those who give it follow it."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pupitre.directory.models import Membership
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import Correction, Homework, HomeworkMark, HomeworkStudent, Submission


def given_by(actor: Actor, *, past: bool = False) -> QuerySet[Homework]:
    """The work that the actor gives, from today on (or before), each with its counts; one statement."""
    rows = allowed(actor, "textbook.write_homework", Homework.objects.select_related("course__subject", "group"))
    today = clock.today()
    rows = rows.filter(due_on__lt=today) if past else rows.filter(Q(due_on__gte=today) | Q(change="cancelled"))
    return with_counts(rows).order_by("-due_on" if past else "due_on", "pk")


def with_counts(rows: QuerySet[Homework]) -> QuerySet[Homework]:
    """Each homework with `done`, `unclear`, `handed`, `to_correct`, `in_group` and `named`."""
    marks = HomeworkMark.objects.filter(homework=OuterRef("pk"))
    copies = Submission.objects.filter(homework=OuterRef("pk"))
    returned = Correction.objects.filter(submission=OuterRef("pk"))
    here = Membership.objects.filter(held_on(clock.today()), group=OuterRef("group"))
    named = HomeworkStudent.objects.filter(homework=OuterRef("pk"))
    return rows.annotate(
        done=_count(marks.filter(done_at__isnull=False)),
        unclear=_count(marks.filter(unclear_at__isnull=False)),
        handed=_count(copies),
        to_correct=_count(copies.filter(~Exists(returned))),
        in_group=_count(here),
        named=_count(named),
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    grouped = rows.order_by().values("establishment").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(grouped), 0)
