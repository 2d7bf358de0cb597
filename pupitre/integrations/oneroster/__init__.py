"""OneRoster: the classes of a school, their people and who is in which, as the CSV files that other tools read."""
