"""Telling families of work given, changed or moved: never before they may read it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.foundation.ui.french import day
from pupitre.notifications.services.posting import Recipient, notify
from pupitre.textbook.models import Homework
from pupitre.textbook.services.publishing import family_of, refresh, students_concerned

GIVEN, CHANGED = "textbook.homework", "textbook.homework_changed"


def tell_given(homework: Homework) -> None:
    """Work that families did not know of; nothing for a draft."""
    if homework.visible_at is None:
        return
    title = _("Travail à faire pour le %(day)s, %(subject)s") % _facts(homework)
    _tell(homework, GIVEN, title)


def tell_changed(homework: Homework) -> None:
    """Work that changed after it was given."""
    if homework.visible_at is None:
        return
    if homework.change == Homework.Change.CANCELLED:
        title = _("Le cours du %(day)s est annulé, %(subject)s : la date du travail va changer")
    else:
        title = _("Travail changé, pour le %(day)s, %(subject)s")
    _tell(homework, CHANGED, title % _facts(homework))


def subject_of(homework: Homework) -> str:
    """« Mathématiques », or what the session was."""
    return str(homework.course.subject) if homework.course else homework.occasion


def _facts(homework: Homework) -> dict[str, str]:
    return {"day": day(homework.due_on), "subject": subject_of(homework)}


def _tell(homework: Homework, kind: str, title: str) -> None:
    people = family_of(students_concerned(homework))
    school = current_establishment_id()
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=school)
    notify(
        kind,
        people,
        establishment_id=school,
        title=title,
        body=homework.title,
        url=reverse("textbook:work", args=[uai, homework.pk]),
        visible_at=homework.visible_at,
        group_key=f"textbook:homework:{homework.pk}",
    )
    refresh(people, homework.visible_at)
    raise_stamps([person_audience(homework.author_id)])


def refresh_families(homework: Homework) -> None:
    """Have the pages of those concerned made again."""
    refresh([*family_of(students_concerned(homework)), Recipient(homework.author_id)], homework.visible_at)
