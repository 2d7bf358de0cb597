"""What a course worked on in a term, and what a class did across subjects."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.models import Term
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.reportcards.models import MOST_ELEMENT, ProgrammeElement
from pupitre.reportcards.refusals import Refusal
from pupitre.timetable.models import Course

MOST_ELEMENTS = 8


@transaction.atomic
def set_elements(*, course: Course, term: Term, labels: Sequence[str], actor: Actor) -> None:
    """Keep the elements of the programme of a course in a term, in this order. Raises Refusal: too many, too long."""
    wanted = list(dict.fromkeys(each for label in labels if (each := plain(label))))
    if len(wanted) > MOST_ELEMENTS:
        raise Refusal(
            _("%(n)s éléments du programme, %(most)s au plus : gardez les principaux.")
            % {"n": len(wanted), "most": MOST_ELEMENTS}
        )
    for label in wanted:
        if len(label) > MOST_ELEMENT:
            raise Refusal(
                _("« %(label)s… » : %(n)s caractères, %(most)s au plus par élément.")
                % {"label": label[:40], "n": len(label), "most": MOST_ELEMENT}
            )
    rows = ProgrammeElement.objects.filter(course=course, term=term)
    if list(rows.order_by("position").values_list("label", flat=True)) == wanted:
        return
    rows.delete()
    for position, label in enumerate(wanted):
        ProgrammeElement(course=course, term=term, position=position, label=label).save()
    audit.record(actor, "reportcards.set_elements", course, term=term.pk)
