"""Writes of the room, by what people do."""
