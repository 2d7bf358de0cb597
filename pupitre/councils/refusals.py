"""What the room does not do, each in a sentence that says what to do instead."""


class Refusal(ValueError):
    """Something asked of the room that it does not do; holds a sentence for whoever asked."""


class Crossed(Refusal):
    """Somebody else wrote the same text meanwhile: theirs stays, `theirs` and its `version` are shown beside what was typed."""

    def __init__(self, sentence: str, theirs: str, version: int) -> None:
        super().__init__(sentence)
        self.theirs, self.version = theirs, version
