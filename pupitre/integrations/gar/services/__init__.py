"""What is done about the GAR: enrolling a school, naming who assigns, setting the access, delivering, reading reports."""
