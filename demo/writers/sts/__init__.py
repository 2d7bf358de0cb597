"""STSWEB: what it gives (`sts_emp`: staff, services) and what timetable software gives it (`emp_sts`: lessons)."""
