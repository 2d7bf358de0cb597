"""Opening what schools hand over, safely, and saying what was found. Knows files, never the database."""
