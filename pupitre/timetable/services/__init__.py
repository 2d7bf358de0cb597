"""What people do to the timetable: feeds, changes of dated lessons, absences and substitutions."""
