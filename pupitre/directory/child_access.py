"""« Pourquoi ce parent ne voit-il pas son enfant ? » (IDN-7): every reason in one sentence, and what to do."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, Guardianship, Person, Student
from pupitre.directory.names import fold
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.ui.french import day_year

_FOUND = 8


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way, and what to do about it."""

    fact: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ChildCheck:
    """A student and what keeps the guardian from seeing them; `reasons` is empty when nothing does."""

    child: Person
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class GuardianCheck:
    """What stands in the way of every child (account, role), then child by child; `others` are students looked for."""

    reasons: tuple[Reason, ...]
    children: tuple[ChildCheck, ...]
    others: tuple[ChildCheck, ...]


def why_not_seen(guardian: Person, *, student_name: str = "") -> GuardianCheck:
    """Why a guardian does not see a child in the open school; five statements at most.

    `student_name` looks for students of the school besides those to whom a link is, or was, known.
    """
    links = list(
        Guardianship.objects.filter(establishment=current_establishment_id(), guardian=guardian)
        .select_related("student")
        .order_by("student__sort_key")
    )
    here = _here(guardian)
    left = _left_on([link.student_id for link in links])
    children = tuple(ChildCheck(link.student, _of_link(link, left.get(link.student_id))) for link in links)
    known = {link.student_id for link in links}
    others = tuple(ChildCheck(child, (_no_link(),)) for child in _students(student_name) if child.pk not in known)
    return GuardianCheck(tuple(_of_account(guardian.user)) + _of_role(here), children, others)


def _here(guardian: Person) -> Sequence[Affiliation]:
    school = current_establishment_id()
    return list(Affiliation.objects.filter(person=guardian, establishment=school, profile=Profile.GUARDIAN))


def _left_on(student_ids: list[int]) -> dict[int, dt.date]:
    gone = Student.objects.filter(person__in=student_ids, left_on__lt=clock.today())
    return dict(gone.values_list("person_id", "left_on"))


def _students(name: str) -> list[Person]:
    words = fold(name).split()
    if not words:
        return []
    matching = Q()
    for word in words:
        matching &= Q(sort_key__contains=word)
    here = Affiliation.objects.filter(
        held_on(clock.today()),
        person=OuterRef("pk"),
        establishment=current_establishment_id(),
        profile=Profile.STUDENT,
    )
    return list(Person.objects.filter(matching, Exists(here)).order_by("sort_key")[:_FOUND])


def _of_account(user: User | None) -> list[Reason]:
    if user is None:
        return [
            Reason(
                _("Cette personne n’a pas de compte."),
                _("Il se crée au prochain import de la base élèves. Vérifiez d’abord qu’elle y figure."),
            )
        ]
    if user.state == User.State.CREATED:
        return [
            Reason(
                _("Le compte n’a jamais été ouvert."),
                _("Imprimez une fiche d’activation et remettez-la en main propre ou par courrier."),
            )
        ]
    if user.state == User.State.SUSPENDED:
        return [
            Reason(_("Le compte est suspendu."), _("Rouvrez-le depuis la page de la personne si la raison a cessé."))
        ]
    if user.state == User.State.CLOSED:
        return [
            Reason(
                _("Le compte est fermé : il n’était plus rattaché à personne ici."),
                _("Vérifiez le lien dans la base élèves, puis refaites l’import : le compte se rouvre dans la nuit."),
            )
        ]
    return []


def _of_role(here: Sequence[Affiliation]) -> tuple[Reason, ...]:
    today = clock.today()
    if any(each.starts_on <= today and (each.ends_on is None or each.ends_on >= today) for each in here):
        return ()
    ended = [each.ends_on for each in here if each.ends_on is not None and each.ends_on < today]
    if ended:
        fact = _("Cette personne n’est plus responsable dans l’établissement depuis le %(day)s.") % {
            "day": day_year(max(ended) + dt.timedelta(days=1))
        }
    elif here:
        fact = _("Cette personne ne sera responsable dans l’établissement que le %(day)s.") % {
            "day": day_year(min(each.starts_on for each in here))
        }
    else:
        fact = _("Cette personne n’est pas responsable dans l’établissement.")
    return (Reason(fact, _("Corrigez la fiche de l’élève dans la base élèves, puis refaites l’import.")),)


def _of_link(link: Guardianship, left_on: dt.date | None) -> tuple[Reason, ...]:
    """Everything wrong with a link: closing one cause only would send the family back."""
    today = clock.today()
    reasons = []
    if link.ends_on is not None and link.ends_on < today:
        reasons.append(
            Reason(
                _("Le lien avec cet élève a pris fin : il ne compte plus depuis le %(day)s.")
                % {"day": day_year(link.ends_on + dt.timedelta(days=1))},
                _("Si c’est une erreur, remettez ce responsable sur la fiche de l’élève, puis refaites l’import."),
            )
        )
    if link.starts_on > today:
        reasons.append(
            Reason(
                _("Le lien avec cet élève ne commence que le %(day)s.") % {"day": day_year(link.starts_on)},
                _("Rien à faire avant cette date."),
            )
        )
    if link.is_restricted:
        reasons.append(
            Reason(
                _("L’accès à cet élève a été fermé par la direction, le plus souvent sur décision de justice."),
                _("Seule la direction peut le rouvrir. Ne donnez aucune information sur l’élève."),
            )
        )
    if link.level >= Guardianship.Level.CONTACT:
        reasons.append(
            Reason(
                _("Cette personne est un simple contact (niveau 3), qui n’a pas accès à la scolarité de l’élève."),
                _("Si elle est responsable légale ou en charge de l’élève, corrigez le niveau dans la base élèves."),
            )
        )
    if left_on:
        reasons.append(
            Reason(
                _("L’élève a quitté l’établissement le %(day)s.") % {"day": day_year(left_on)},
                _("Sa scolarité se suit dans son nouvel établissement."),
            )
        )
    return tuple(reasons)


def _no_link() -> Reason:
    return Reason(
        _("Aucun lien avec cet élève n’est connu."),
        _("Ajoutez ce responsable sur la fiche de l’élève dans la base élèves, puis refaites l’import."),
    )
