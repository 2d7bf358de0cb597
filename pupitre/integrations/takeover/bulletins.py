"""Lines of averages and of bulletins → what the room of bulletins keeps of another tool; each has its fate."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.directory.models import Group, Membership
from pupitre.directory.names import fold
from pupitre.establishments.models import SchoolYear, Term
from pupitre.foundation import clock
from pupitre.integrations.takeover.averages import Counting
from pupitre.integrations.takeover.mapping import Unreadable
from pupitre.integrations.takeover.models import Fate, Thing
from pupitre.integrations.takeover.periods import year_of
from pupitre.integrations.takeover.plans import Plan
from pupitre.integrations.takeover.records import CardLine
from pupitre.reportcards.models import ReportCard
from pupitre.reportcards.queries.past import past_known
from pupitre.reportcards.services.taking_over import PastSubject, PastSummary

_SETTLED = {
    ReportCard.Status.PUBLISHED: gettext_lazy(
        "Le bulletin de cette période est déjà remis par Pupitre : c’est lui qui fait foi."
    ),
    ReportCard.Status.VALIDATED: gettext_lazy(
        "Le bulletin de cette période est arrêté ici par le conseil : une reprise n’y change rien. "
        "La direction peut le rouvrir."
    ),
}
"""Why a bulletin of ours is left as it is."""


def decide_cards(
    found: Iterable[tuple[CardLine, int]], thing: Thing, plan: Plan, subjects: Mapping[str, int | None]
) -> None:
    """What is known already, what waits for a subject, what is taken; seven statements, eight more for this year’s averages.

    `subjects`: our subject for each of theirs that is not called so here, folded, None when it is none of ours.
    """
    lines = list(found)
    year = current_year()
    terms = {each.code: each for each in Term.objects.filter(school_year__year=year)}
    known = past_known({student for _line, student in lines}, list(terms.values()))
    results, wholes = set(known.results), set(known.wholes)
    counting = Counting(thing, plan, subjects, lines, terms)
    divisions = _divisions({student for _line, student in lines}, year)
    for line, student in lines:
        at = line.year or year
        try:
            term = _check(at, line.period, year, terms)
        except Unreadable as no:
            plan.leave(line.number, thing, Fate.REFUSED, line.told, str(no))
            continue
        if term and (status := known.settled.get((student, term.pk))):
            plan.leave(line.number, thing, Fate.REFUSED, line.told, str(_SETTLED[status]))
            continue
        division = line.who.division or (divisions.get(student, "") if at == year else "")
        key = (student, at, line.period)
        if thing is Thing.AVERAGE:
            is_known = (key, fold(line.subject)) in results
            results.add((key, fold(line.subject)))
        else:
            is_known = key in wholes
            wholes.add(key)
        if is_known:
            plan.leave(line.number, thing, Fate.KNOWN, line.told, _("Déjà reprise, ou écrite deux fois."))
            continue
        if not counting.enters(line, student, term):
            continue
        plan.counts[thing][Fate.TAKEN] += 1
        if thing is Thing.AVERAGE:
            plan.results.append(
                PastSubject(*key, division, line.subject, line.teacher, line.value, line.class_value, line.text)
            )
        else:
            plan.summaries.append(
                PastSummary(
                    *key, division, line.value, line.class_value, line.text, line.mention, line.half_days,
                    line.unjustified, line.lates,
                )
            )  # fmt: skip


def current_year() -> int:
    """The school year of today, by its first calendar year; one statement."""
    today = clock.today()
    found: int | None = (
        SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).values_list("year", flat=True).first()
    )
    return year_of(today.month, today.year) if found is None else found


def _check(at: int, period: str, year: int, terms: Mapping[str, Term]) -> Term | None:
    """The term of the year under way that a line is about; None for a past year. Raises Unreadable."""
    if at > year:
        raise Unreadable(_("L’année scolaire %(year)s est à venir.") % {"year": f"{at}-{at + 1}"})
    if at < year:
        return None
    if period == "A":
        raise Unreadable(_("L’année en cours n’est pas finie : reprenez ses périodes."))
    term = terms.get(period)
    if term is None:
        codes = ", ".join(sorted(terms)) or _("aucune")
        raise Unreadable(
            _(
                "La période %(code)s n’existe pas cette année ici (%(codes)s). Ouvrez-la dans « Notes », « Périodes », "
                "ou corrigez la ligne."
            )
            % {"code": period, "codes": codes}
        )
    if term.ends_on >= clock.today():
        raise Unreadable(
            _("%(term)s n’est pas fini : Pupitre en fait le bulletin. Reprenez plutôt ses notes.")
            % {"term": term.label}
        )
    return term


def _divisions(students: Iterable[int], year: int) -> dict[int, str]:
    """The class of each student in the year under way; one statement."""
    today: dt.date = clock.today()
    rows = Membership.objects.filter(
        student__in=list(students), group__kind=Group.Kind.DIVISION, group__school_year__year=year, starts_on__lte=today
    ).order_by("starts_on")
    return dict(rows.values_list("student_id", "group__label"))
