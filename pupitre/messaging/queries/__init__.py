"""Reads: who may be written to, mailboxes, discussions, what waits to be looked at."""
