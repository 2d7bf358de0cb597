"""What the timetable knows: the weekly lessons, what one dated lesson has of its own, absences and substitutions."""

from pupitre.timetable.models.changes import LessonChange, TimetableRules
from pupitre.timetable.models.placements import PlacedStudent, WorkPlacement
from pupitre.timetable.models.substitution import SubstitutionOffer, TeacherAbsence
from pupitre.timetable.models.weekly import CalendarFeed, Classroom, Course, CourseTeacher, TimetableSlot

__all__ = [
    "CalendarFeed",
    "Classroom",
    "Course",
    "CourseTeacher",
    "LessonChange",
    "PlacedStudent",
    "SubstitutionOffer",
    "TeacherAbsence",
    "TimetableRules",
    "TimetableSlot",
    "WorkPlacement",
]
