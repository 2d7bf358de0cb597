"""`pupitre prepare-registers`: the registers of today and tomorrow, for every school. Safe to do at any time, again."""

from collections.abc import Sequence


def main(arguments: Sequence[str]) -> None:
    """Prepare, and say how many registers were made or changed; the job of the worker does the same every hour."""
    import django

    django.setup()
    from pupitre.attendance.services.preparing import days_to_prepare, prepare_everywhere

    made = prepare_everywhere(*days_to_prepare())
    for uai, count in sorted(made.items()):
        print(f"{uai} : {count}")  # noqa: T201 - a command answers whoever typed it
