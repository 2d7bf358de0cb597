"""Writes: sending, delivering, answering, taking back, filing, watching over."""
