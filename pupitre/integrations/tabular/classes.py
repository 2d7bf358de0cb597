"""Classes that a table names without a code of their own."""

import hashlib

_CODE_LENGTH = 20  # what `directory.Group.code` holds


def class_code(name: str) -> str:
    """The code of a class from its name, the same in each file and each year; long names are shortened."""
    if len(name) <= _CODE_LENGTH:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:4]
    return f"{name[: _CODE_LENGTH - 5].rstrip()}~{digest}"
