"""What is done: opening the API to an application, agreeing, withdrawing, noting what was read."""
