class UaiConverter:
    """A school in an address: seven digits and a letter, in either case."""

    regex = "[0-9]{7}[A-Za-z]"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value
