"""What evenings do when they hear from the directory."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.meetings.models import FamilyRequest, MeetingTeacher, Wish


@follow(PeopleMerged)
def move_requests(event: PeopleMerged) -> None:
    """Requests and places go with the record that stays; of two requests for one evening, the kept record's stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            kept = FamilyRequest.objects.filter(guardian=event.keep_id).values("meeting")
            FamilyRequest.objects.filter(guardian=event.absorbed_id, meeting__in=kept).delete()
            hand_over(FamilyRequest.objects.all(), "guardian_id", event)
            _join_teachers(event)


def _join_teachers(event: PeopleMerged) -> None:
    """A teacher entered under both records receives once; families who asked for the other record lose their time."""
    kept = dict(MeetingTeacher.objects.filter(person=event.keep_id).values_list("meeting_id", "pk"))
    for row in MeetingTeacher.objects.filter(person=event.absorbed_id, meeting__in=kept):
        stays = kept[row.meeting_id]
        asked = Wish.objects.filter(teacher=stays).values("request_id", "student_id")
        for wish in Wish.objects.filter(teacher=row):
            if any(each == {"request_id": wish.request_id, "student_id": wish.student_id} for each in asked):
                wish.delete()
            else:
                Wish.objects.filter(pk=wish.pk).update(teacher=stays, slot=None, state=Wish.State.ASKED)
        row.delete()
    hand_over(MeetingTeacher.objects.all(), "person_id", event)
