"""The weekly timetable: what must be placed, how it is placed, and the proof that nothing collides."""
