class Refusal(ValueError):
    """What cannot be done, in a sentence for the person who asked it."""
