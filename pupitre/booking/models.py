"""What is lent, and who has it when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from pupitre.directory.models import Person
from pupitre.establishments.scope import EstablishmentOwned, OwnedForeignKey
from pupitre.timetable.models import Classroom


class Equipment(EstablishmentOwned):
    """Something that goes out and comes back: a projector, a trolley of laptops, the minibus."""

    name = models.CharField(max_length=60)
    # Where it is taken and brought back.
    place = models.CharField(max_length=60, blank=True)
    # How many lessons it may be out at a time; nothing: as many as one likes.
    most_lessons = models.PositiveSmallIntegerField(null=True)
    is_lent = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["establishment", "name"], name="one_equipment_a_name"),)

    def __str__(self) -> str:
        return self.name


def _hours() -> Func:
    """From its beginning to its end, which is free again for the next."""
    bounds = RangeBoundary(inclusive_lower=True, inclusive_upper=False)
    return Func(F("starts_at"), F("ends_at"), bounds, function="TSTZRANGE", output_field=DateTimeRangeField())


class Booking(EstablishmentOwned):
    """A room or an equipment that somebody has for some hours of a day. One that is cancelled is erased."""

    classroom = OwnedForeignKey(Classroom, models.PROTECT, null=True, related_name="+", db_index=False)
    equipment = OwnedForeignKey(Equipment, models.PROTECT, null=True, related_name="+", db_index=False)
    booked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Shared by those that were booked at once, a week apart.
    series = models.UUIDField(null=True)
    booked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_in_order"),
            models.CheckConstraint(
                condition=Q(classroom=None, equipment__isnull=False) | Q(classroom__isnull=False, equipment=None),
                name="a_room_or_an_equipment",
            ),
            # Two people who book the same thing in the same second: the second is refused.
            ExclusionConstraint(
                name="one_booking_a_room",
                expressions=[
                    ("establishment", RangeOperators.EQUAL),
                    ("classroom", RangeOperators.EQUAL),
                    (_hours(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_booking_an_equipment",
                expressions=[
                    ("establishment", RangeOperators.EQUAL),
                    ("equipment", RangeOperators.EQUAL),
                    (_hours(), RangeOperators.OVERLAPS),
                ],
            ),
        )
        indexes = (
            models.Index(fields=["establishment", "ends_at"], name="booking_by_end"),
            models.Index(fields=["establishment", "series"], name="booking_by_series", condition=~Q(series=None)),
        )

    def __str__(self) -> str:
        return f"{self.classroom_id or self.equipment_id} {self.starts_at:%Y-%m-%d %H:%M}"
