"""The rules of writing in force in the open school, and who represents the parents of each class."""

from django.db.models import QuerySet

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Group, Guardianship, Person
from pupitre.directory.queries import students_of
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.messaging.matrix import ClassRule, Matrix
from pupitre.messaging.models import ClassDelegate, SchoolMessaging, WritingRule
from pupitre.messaging.parties import Party, Scope


def matrix_in_force() -> Matrix:
    """What the school decided over the defaults; one statement."""
    own: dict[tuple[Party, Party], Scope] = {}
    exceptions = []
    for rule in WritingRule.objects.all():
        sender, recipient = Party(rule.sender), Party(rule.recipient)
        if rule.group_id is None:
            own[sender, recipient] = Scope(rule.scope)
        else:
            exceptions.append(ClassRule(rule.group_id, sender, recipient, allows=rule.scope != Scope.NONE))
    return Matrix(own, tuple(exceptions))


def reviews_pupils() -> bool:
    """Whether what students write to a class is read by an adult first; so unless the school said otherwise."""
    kept: bool | None = SchoolMessaging.objects.values_list("reviews_pupils", flat=True).first()
    return True if kept is None else kept


def delegates_by_class() -> list[tuple[ClassDelegate, str]]:
    """The parent delegates with their names, class by class; two statements."""
    rows = list(ClassDelegate.objects.select_related("group").order_by("group__label", "pk"))
    names = dict(Person.objects.filter(pk__in=[row.person_id for row in rows]).values_list("pk", "display_name"))
    return [(row, names[row.person_id]) for row in rows if row.person_id in names]


def parents_of_class(group: Group) -> QuerySet[Person]:
    """The guardians to whom a student of a class is open, by name."""
    links = Guardianship.objects.filter(
        open_on(clock.today()),
        establishment=current_establishment_id(),
        student__in=students_of(group).values("person"),
    )
    return Person.objects.filter(pk__in=links.values("guardian")).order_by("sort_key")
