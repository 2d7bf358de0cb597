"""Pages: mailboxes, discussions, letters being written, what is watched over, the rules."""
