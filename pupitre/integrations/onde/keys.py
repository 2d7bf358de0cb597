"""ONDE gives no identifier at all: how its files name the same child, class or adult."""

import hashlib

from pupitre.directory.names import fold

_CODE_LENGTH = 20  # what `directory.Group.code` holds


def student_key(*, last_name: str, first_name: str, class_name: str) -> str:
    """What joins the pupils' file and the responsibles' file: names and class, the only facts that both hold."""
    return f"onde:{fold(last_name)} {fold(first_name)}|{fold(class_name)}"


def class_code(name: str) -> str:
    """The code of a class from its name, the same in each file and each year; long names are shortened."""
    if len(name) <= _CODE_LENGTH:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:4]
    return f"{name[: _CODE_LENGTH - 5].rstrip()}~{digest}"
