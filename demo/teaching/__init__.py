"""What is taught: subjects, weekly hours of each level, groups, and who teaches what."""
