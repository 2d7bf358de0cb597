"""What the room does not do, each in a sentence that says what to do instead."""


class Refusal(ValueError):
    """Something asked of the room that it does not do; holds a sentence for whoever asked."""
