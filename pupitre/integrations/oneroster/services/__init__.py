"""What is done about OneRoster: saying who receives a file, making it, handing it over, forgetting it."""
