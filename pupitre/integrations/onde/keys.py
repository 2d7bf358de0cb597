"""ONDE gives no identifier at all: how its files name the same child."""

from pupitre.directory.names import fold

PREFIX = "onde:"


def student_key(*, last_name: str, first_name: str, class_name: str) -> str:
    """What joins the pupils' file and the responsibles' file: names and class, the only facts that both hold."""
    return f"{PREFIX}{fold(last_name)} {fold(first_name)}|{fold(class_name)}"
