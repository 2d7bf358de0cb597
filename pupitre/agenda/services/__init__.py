"""What people do to the calendar: one verb a function."""
