"""What pages of the calendar read."""
