"""What is done to an evening."""
