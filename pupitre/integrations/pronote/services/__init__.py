"""What is done with PRONOTE: asking it for somebody, opening the reading, making the file of reconciliation."""
