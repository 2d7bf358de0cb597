"""What is done with portraits, and with the word of families."""
