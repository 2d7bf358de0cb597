"""The post room: kinds of notices, preferences, quiet hours, digests, e-mail, push, live counts."""
