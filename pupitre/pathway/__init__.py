"""The path of a student in one view (parcours): marks, skills, absences, work and follow-up, for those who follow them."""
