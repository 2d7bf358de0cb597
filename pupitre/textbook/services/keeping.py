"""How long things are kept: the document five years after its year, copies one year."""

import datetime as dt

from django.db import transaction

from pupitre.establishments.models import Establishment, SchoolYear
from pupitre.establishments.scope import scope
from pupitre.files.services.attaching import detach_all
from pupitre.foundation import clock
from pupitre.textbook.models import (
    Homework,
    HomeworkMark,
    HomeworkStudent,
    SessionDraft,
    Submission,
    TextbookEntry,
    Visa,
)

YEARS_KEPT, COPIES_KEPT = 5, 1
_A_NIGHT = 2000


def forget_old() -> int:
    """Forget what is too old, a school at a time; how many sessions, works and copies went. Run twice, it changes nothing.

    Source: circulaire 2010-136 (le cahier de textes est conservé cinq ans après la fin de l'année scolaire).
    """
    count = 0
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            count += _forget_in_school()
    return count


def _forget_in_school() -> int:
    today = clock.today()
    SessionDraft.objects.filter(saved_at__lt=clock.now() - dt.timedelta(days=365)).delete()
    ended = SchoolYear.objects.filter(ends_on__lt=today)
    old = [each.ends_on for each in ended if _years_since(each.ends_on, today) >= COPIES_KEPT]
    count = _forget_copies(max(old)) if old else 0
    older = [each.ends_on for each in ended if _years_since(each.ends_on, today) >= YEARS_KEPT]
    return count + (_forget_sessions(max(older)) if older else 0)


def _years_since(day: dt.date, today: dt.date) -> int:
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


@transaction.atomic
def _forget_copies(until: dt.date) -> int:
    """Copies, and what students said of their work, of the years that ended by then."""
    rows = list(Submission.objects.filter(homework__due_on__lte=until).prefetch_related("corrections")[:_A_NIGHT])
    for copy in rows:
        for correction in copy.corrections.all():
            detach_all(target=correction)
        detach_all(target=copy)
    Submission.objects.filter(pk__in=[each.pk for each in rows]).delete()
    for model in (HomeworkMark, HomeworkStudent):
        model.objects.filter(homework__due_on__lte=until).delete()
    return len(rows)


@transaction.atomic
def _forget_sessions(until: dt.date) -> int:
    works = list(Homework.objects.filter(due_on__lte=until, submissions=None)[:_A_NIGHT])
    for work in works:
        detach_all(target=work)
    Homework.objects.filter(pk__in=[each.pk for each in works]).delete()
    # Once their work is gone: a session goes in the same night.
    entries = list(TextbookEntry.objects.filter(held_on__lte=until, homework=None)[:_A_NIGHT])
    for entry in entries:
        detach_all(target=entry)
    TextbookEntry.objects.filter(pk__in=[each.pk for each in entries]).delete()
    Visa.objects.filter(read_until_on__lte=until).delete()
    return len(works) + len(entries)
