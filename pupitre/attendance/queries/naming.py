"""How people are called, read with the rows that hold their numbers: a page asks once."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, BooleanField, F, Func, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from pupitre.directory.models import Person


class _AnyOf(Func):
    """`a = any(b)`: a value is one of those of an array; unlike `@>`, it is looked for by its index."""

    template = "(%(expressions)s))"
    arg_joiner = " = any("
    output_field = BooleanField()


def names_in(column: str) -> ArraySubquery:
    """The names of the people whose numbers an array holds, in its order, as an annotation."""
    place = Func(OuterRef(column), F("pk"), function="array_position", output_field=BigIntegerField())
    people = Person.objects.alias(place=place).filter(_AnyOf(F("pk"), OuterRef(column)))
    return ArraySubquery(people.order_by("place").values("formal_name"))


def name_in(column: str) -> Coalesce:
    """The name of the person whose number a column holds, empty without one, as an annotation."""
    return Coalesce(Subquery(Person.objects.filter(pk=OuterRef(column)).values("formal_name")), Value(""))
