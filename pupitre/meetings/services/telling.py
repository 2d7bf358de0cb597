"""Telling families and teachers of an evening."""

from collections.abc import Collection, Iterable

from django.urls import reverse

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.meetings.models import FamilyRequest, Meeting, MeetingGroup, MeetingTeacher, Wish
from pupitre.notifications.services.posting import Recipient, notify

OPENED, SLOTS, CHANGED, REMINDER = "meetings.opened", "meetings.slots", "meetings.changed", "meetings.reminder"


def tell(kind: str, meeting: Meeting, people: Iterable[Recipient], title: str, *, for_staff: bool = False) -> None:
    """Tell some people of an evening; families are led to it, staff to the list of their evenings."""
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=meeting.establishment_id)
    known = list(dict.fromkeys(people))
    notify(
        kind,
        known,
        establishment_id=meeting.establishment_id,
        title=title,
        url=reverse("meetings:mine") if for_staff else reverse("meetings_of_school:family", args=[uai, meeting.pk]),
        group_key=f"meeting:{meeting.pk}",
    )
    raise_stamps([person_audience(each.person_id) for each in known])


def guardians_invited(meeting: Meeting) -> list[Recipient]:
    """Every guardian whose child is invited; two statements."""
    links = Guardianship.objects.filter(open_on(clock.today()), establishment=meeting.establishment_id)
    groups = list(MeetingGroup.objects.filter(meeting=meeting).values_list("group_id", flat=True))
    if groups:
        links = links.filter(
            student__schoolings__establishment=meeting.establishment_id,
            student__schoolings__memberships__group__in=groups,
            student__schoolings__memberships__ends_on=None,
        )
    return [Recipient(*pair) for pair in links.values_list("guardian_id", "student_id").distinct()]


def people_of(requests: Collection[int]) -> list[Recipient]:
    """Who holds these requests: their author, and for a shared one the guardians who see all of its children."""
    rows = FamilyRequest.objects.filter(pk__in=requests)
    found = [Recipient(each.guardian_id) for each in rows]
    shared = [each.pk for each in rows if each.is_shared]
    children: dict[int, set[int]] = {}
    for request, person in Wish.objects.filter(request__in=shared).values_list("request_id", "student__person_id"):
        children.setdefault(request, set()).add(person)
    everyone = set().union(*children.values()) if children else set()
    open_to: dict[int, set[int]] = {}
    establishment = rows[0].establishment_id if rows else None
    links = Guardianship.objects.filter(open_on(clock.today()), establishment=establishment, student__in=everyone)
    for guardian, student in links.values_list("guardian_id", "student_id"):
        open_to.setdefault(guardian, set()).add(student)
    return found + [
        Recipient(guardian) for mine in children.values() for guardian, seen in open_to.items() if mine <= seen
    ]


def teachers_of(meeting: Meeting) -> list[Recipient]:
    """Those who receive."""
    return [Recipient(pk) for pk in MeetingTeacher.objects.filter(meeting=meeting).values_list("person_id", flat=True)]
