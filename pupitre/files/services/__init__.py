"""What is done to files: receive, attach, detach, delete, tidy."""
