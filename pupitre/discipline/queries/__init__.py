"""Reads of the room, by what people look at."""
