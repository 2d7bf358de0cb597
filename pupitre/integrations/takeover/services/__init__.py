"""Writes of the room, in the order of a take-over."""
