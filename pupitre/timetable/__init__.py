"""When and where: courses, weekly slots, rooms; a person's day and week."""
