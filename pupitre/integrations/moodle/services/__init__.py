"""What is done with a Moodle: linking it, comparing, applying."""
