from pupitre.booking.models import Booking, Equipment
from pupitre.booking.tests.factories import booked, minibus
from pupitre.establishments.scope import scope
from tests.doors import door


def a_booking(cast):
    """Of the teacher; made once."""
    with scope(cast.college.pk):
        return (Booking.objects.first() or booked(cast)[0]).pk


def past_booking(cast):
    """Over since: nobody cancels it any more; made once."""
    pk = a_booking(cast)
    with scope(cast.college.pk):
        row = Booking.objects.get(pk=pk)
        Booking.objects.filter(pk=pk).update(
            starts_at=row.starts_at.replace(month=10), ends_at=row.ends_at.replace(month=10)
        )
    return pk


def a_minibus(cast):
    """Made once."""
    with scope(cast.college.pk):
        return (Equipment.objects.first() or minibus(cast)).pk


def all_of(people, status):
    return dict.fromkeys(people, status)


_COLLEGE = {"uai": "college"}
_STAFF = ("enseignante", "collegue", "cpe", "principal", "secretaire", "referent")
_OFFICE = ("principal", "secretaire", "referent")

DOORS = [
    door("booking:day", at=_COLLEGE, **all_of(_STAFF, 200)),
    door("booking:free", at=_COLLEGE, **all_of(_STAFF, 200)),
    door("booking:create", at=_COLLEGE, **all_of(_STAFF, 200)),
    # Nothing was chosen.
    door("booking:create", "post", at=_COLLEGE, **all_of(_STAFF, 422)),
    door("booking:mine", at=_COLLEGE, **all_of(_STAFF, 200)),
    door("booking:detail", at={**_COLLEGE, "pk": a_booking}, **all_of(_STAFF, 200)),
    # Whose it is, and the office; it is over.
    door("booking:cancel", "post", at={**_COLLEGE, "pk": past_booking}, enseignante=422, **all_of(_OFFICE, 422)),
    door("booking:equipment", at=_COLLEGE, **all_of(_OFFICE, 200)),
    door("booking:equipment", "post", at=_COLLEGE, **all_of(_OFFICE, 422)),
    door("booking:edit", at={**_COLLEGE, "pk": a_minibus}, **all_of(_OFFICE, 200)),
    door("booking:edit", "post", at={**_COLLEGE, "pk": a_minibus}, **all_of(_OFFICE, 422)),
    # The first one withdraws it: it does not exist for the next.
    door("booking:withdraw", "post", at={**_COLLEGE, "pk": a_minibus}, principal=302),
]
