"""Pages of portraits."""
