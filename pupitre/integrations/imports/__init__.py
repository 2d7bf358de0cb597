"""From a school’s national files to its people: analyse, show what would change, decide, apply, undo."""
