"""What a look at a term found, kept for the home of the head and of the office; looked at again every night."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment, Term
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.lsu.checking import Check, check
from pupitre.integrations.lsu.models import LsuCheck, LsuExport
from pupitre.integrations.lsu.queries.terms import drafts_of

BEFORE, AFTER = dt.timedelta(days=45), dt.timedelta(days=30)
"""How long before its end a term is looked at, and how long after."""
KEPT = dt.timedelta(days=365)
"""How long the bytes of a file are kept: it names minors. Who made it, when and its hash stay."""


def note_check(term: Term, looked: Check) -> None:
    """Keep the figures of a look."""
    LsuCheck.objects.update_or_create(
        term=term,
        defaults={
            "ready": len(looked.ready), "blocked": len(looked.blocked), "faults": looked.faults,
            "checked_at": clock.now(),
        },
    )  # fmt: skip


def look_everywhere() -> list[str]:
    """Look at the terms that end soon in every collège, and forget the bytes of files of a year ago."""
    said = []
    for pk, uai in Establishment.objects.filter(is_open=True).values_list("pk", "uai"):
        with scope(pk):
            forgotten = _forget()
            if Establishment.objects.filter(pk=pk, kind=Establishment.Kind.COLLEGE).exists():
                _look(uai)
        if forgotten:
            said.append(_("%(uai)s : %(n)s fichiers du LSU effacés après un an.") % {"uai": uai, "n": forgotten})
    return said


def _look(uai: str) -> None:
    today = clock.today()
    near = Q(ends_on__gte=today - AFTER, ends_on__lte=today + BEFORE)
    for term in Term.objects.filter(near).select_related("school_year"):
        looked = check(drafts_of(term, uai))
        if looked.ready or looked.blocked:
            note_check(term, looked)


def _forget() -> int:
    old = LsuExport.objects.filter(made_at__lt=clock.now() - KEPT).exclude(data=None)
    return int(old.update(data=None, left_aside=[], student_ids=[]))
