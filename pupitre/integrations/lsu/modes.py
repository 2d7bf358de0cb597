"""How a subject is followed when nobody said it: SIECLE knows it student by student, imports do not keep it."""

_LANGUAGES, _ANTIQUITY = "03", ("0201", "0202", "0203")


def supposed_mode(code: str) -> str:
    """« O » for living languages, « F » for Latin and Greek, « S » for the rest: what is usual in a collège."""
    if code.startswith(_LANGUAGES):
        return "O"
    return "F" if code.startswith(_ANTIQUITY) else "S"
