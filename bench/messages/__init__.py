"""Messages under load: a mailbox of ten thousand letters, a message to a whole school."""
