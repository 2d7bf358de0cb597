"""Messages between people of a school: who may write to whom, threads, mass sends, moderation."""
