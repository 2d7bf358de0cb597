"""What the timetable does when it hears news from the directory."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.timetable.models import CalendarFeed, LessonChange, SubstitutionOffer, TeacherAbsence


@follow(PeopleMerged)
def move_all(event: PeopleMerged) -> None:
    """Calendars, absences and replacements go on, for the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(CalendarFeed.objects.all(), "reader_id", event, unlike=["student_id"])
            hand_over(CalendarFeed.objects.all(), "student_id", event, unlike=["reader_id"])
            hand_over(TeacherAbsence.objects.all(), "person_id", event)
            hand_over(SubstitutionOffer.objects.all(), "teacher_id", event)
            for change in LessonChange.objects.filter(teacher_ids__contains=[event.absorbed_id]):
                people = [event.keep_id if each == event.absorbed_id else each for each in change.teacher_ids]
                change.teacher_ids = list(dict.fromkeys(people))
                change.save(update_fields=["teacher_ids"])
