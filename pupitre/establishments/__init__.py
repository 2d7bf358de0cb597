"""Where and when: schools, school years, terms, closures; the wall between schools (`scope.py`)."""
