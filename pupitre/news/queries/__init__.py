"""What is read of news."""
