"""Why something cannot be done: a sentence for whoever asked."""


class Refusal(ValueError):
    """The message is shown as it is."""
