"""Which of our classes, subjects, teachers, rooms and weeks timetable software means: certain, remembered, or asked once."""
