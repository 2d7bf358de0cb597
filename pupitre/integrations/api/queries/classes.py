"""To the students of which classes a school opens a service."""

from django.db.models import Exists, OuterRef, Q

from pupitre.directory.models import Membership
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.integrations.services.models import ConnectorGroup


def in_open_classes(service: int) -> Q:
    """The students who sit today in a class to which the open school opens a service; all, when it chose none.

    A guardian of two children may use a service for the one, and reads nothing of the other.
    """
    classes = ConnectorGroup.objects.filter(connector__service=service)
    seats = Membership.objects.filter(held_on(clock.today()), student=OuterRef("pk"), group__in=classes.values("group"))
    return ~Q(Exists(classes)) | Q(Exists(seats))
