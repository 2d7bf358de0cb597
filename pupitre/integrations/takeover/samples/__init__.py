"""Models of the files of results that are taken over: titles that are recognised, invented people."""

from importlib import resources

from django.utils.translation import gettext_lazy as _

MODELS = (
    ("notes", _("Une ligne par note")),
    ("notes-en-colonnes", _("Une ligne par élève, une colonne par évaluation")),
    ("moyennes", _("Moyennes d’une période, une ligne par matière")),
    ("moyennes-en-colonnes", _("Moyennes d’une période, une colonne par matière")),
    ("bulletins", _("Bulletins : appréciation générale, mention, absences")),
)
"""The name of each, and what it shows."""


def text_of(name: str) -> str:
    """One of them, as spreadsheets open it."""
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + resources.files(__package__).joinpath(f"{name}.csv").read_text("utf-8")
