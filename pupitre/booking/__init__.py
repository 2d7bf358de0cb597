"""Rooms and equipment that people who work in the school book for some hours."""
