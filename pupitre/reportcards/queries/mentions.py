"""What the council of this school may grant."""

from django.utils.translation import gettext_lazy

from pupitre.reportcards.models import Mention

STARTER = (gettext_lazy("Encouragements"), gettext_lazy("Compliments"), gettext_lazy("Félicitations"))
"""The list of a school that has not made its own. No warning (« avertissement ») among them: a school adds what it uses."""


def mentions_offered() -> list[str]:
    """The labels of the list of the school, in its order; one statement."""
    rows = list(Mention.objects.order_by("position", "pk").values_list("label", "is_active"))
    return [label for label, is_active in rows if is_active] if rows else [str(each) for each in STARTER]
