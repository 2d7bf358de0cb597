"""Who calls, and the students whom they may read here."""

from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from pupitre.directory.models import Group, Membership
from pupitre.directory.models import Student as Schooling
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.api.queries.classes import in_open_classes
from pupitre.integrations.api.records import Me, School, Student
from pupitre.integrations.api.scopes import SCOPES, STUDENTS
from pupitre.integrations.services.models import Pseudonym


def students_of(call: Call) -> list[Any]:
    """The schoolings that the caller may read, with `number` (None before it is drawn), `first_name`, `division` and `mine`, the
    number of the caller; one statement."""
    numbers = Pseudonym.objects.filter(service=call.caller.service)
    division = Membership.objects.filter(
        held_on(clock.today()), student=OuterRef("pk"), group__kind=Group.Kind.DIVISION, group__ends_on=None
    )
    rows = allowed(
        call.actor, "api.read_student", Schooling.objects.filter(in_open_classes(call.caller.service))
    ).annotate(
        number=Subquery(numbers.filter(person=OuterRef("person")).values("value")),
        mine=Subquery(numbers.filter(person=call.actor.person_id).values("value")),
        division=Coalesce(Subquery(division.order_by("group__code").values("group__code")[:1]), Value("")),
    )
    return list(rows.select_related("person").order_by("person__birth_date", "pk"))


def me_of(call: Call, rows: list[Any], mine: str) -> Me:
    """Who calls. Names are told with their own scope only."""
    named = STUDENTS in call.scopes
    return Me(
        number=mine,
        profiles=sorted(call.actor.profiles),
        school=School(call.actor.uai, call.caller.school),
        scopes=[key for key in SCOPES if key in call.scopes],
        students=[
            Student(
                number=row.number,
                is_me=row.person_id == call.actor.person_id,
                first_name=row.person.first_name if named else None,
                division=row.division if named else None,
            )
            for row in rows
        ],
    )
