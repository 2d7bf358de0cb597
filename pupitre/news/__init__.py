"""News: what a school says to its people, to whom, until when, and what they answer."""
