"""Planning an evening: families, teachers, wishes and times in; a slot for each wish that can be served out. No Django."""
