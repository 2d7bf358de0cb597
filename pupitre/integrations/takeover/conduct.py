"""Lines of incidents, punishments and sanctions → what the discipline room takes; each has its fate, as any other line."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from pupitre.directory.names import fold
from pupitre.discipline.models import Incident
from pupitre.discipline.queries.delays import erasure_day
from pupitre.discipline.queries.known import known_of
from pupitre.discipline.scale import MOST_DAYS, TEMPORARY, Kind
from pupitre.discipline.services.taking_over import Past, PastIncident, PastPunishment, PastSanction
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import clock
from pupitre.integrations.takeover.acts import INCIDENTS, OF_THING, ROLES, kind_in
from pupitre.integrations.takeover.mapping import Act, Unreadable
from pupitre.integrations.takeover.matching import Doubtful
from pupitre.integrations.takeover.models import Fate, Thing
from pupitre.integrations.takeover.plans import Plan

_KEPT = {Thing.INCIDENT: "incident", Thing.PUNISHMENT: "punishment", Thing.SANCTION: "sanction"}
_LIGHT = 2
"""The gravity of an incident that does not say it: one that does not count in alerts."""


def decide_acts(found: Iterable[tuple[Act, int]], plan: Plan) -> None:
    """What is known already, what the law has erased, what is taken; about six statements, two more a sanction."""
    acts = list(found)
    known, since = (known_of({student for _act, student in acts}), _kept_since()) if acts else (set(), None)
    together: dict[tuple[object, ...], int] = {}
    for act, student in acts:
        try:
            past = _past(act, student, since)
        except Doubtful as no:
            plan.leave(act.number, act.thing, Fate.HELD, act.told, str(no))
            continue
        except Unreadable as no:
            plan.leave(act.number, act.thing, Fate.REFUSED, act.told, str(no))
            continue
        key = (_KEPT[act.thing], student, past.kind, act.first)
        if key in known:
            plan.leave(act.number, act.thing, Fate.KNOWN, act.told, _("Déjà notée ici, ou écrite deux fois."))
            continue
        known.add(key)
        plan.counts[act.thing][Fate.TAKEN] += 1
        if isinstance(past, PastIncident):
            _join(past, plan.acts, together)
        else:
            plan.acts.append(past)


def _join(past: PastIncident, acts: list[Past], together: dict[tuple[object, ...], int]) -> None:
    """Lines of one incident, a student each, are one incident."""
    same = (past.happened_on, past.happened_at, past.place, past.kind, past.facts)
    at = together.setdefault(same, len(acts))
    if at == len(acts):
        acts.append(past)
        return
    first = acts[at]
    if isinstance(first, PastIncident):
        acts[at] = replace(first, parts=(*first.parts, *past.parts))


def _past(act: Act, student: int, since: dt.date | None) -> Past:
    """What a line says, as the room keeps it. Raises Unreadable, Doubtful."""
    if act.thing is Thing.INCIDENT:
        kind = kind_in(INCIDENTS, fold(act.measure), fold(act.motive), fold(act.detail)) or Incident.Kind.OTHER.value
        role = kind_in(ROLES, fold(act.role))
        facts = ". ".join(filter(None, (act.measure, act.motive, act.detail))) or _("Sans précision.")
        return PastIncident(
            ((student, role),), act.first, act.at, act.place, kind, act.gravity or _LIGHT, facts, act.author
        )
    kind = kind_in(OF_THING[act.thing], fold(act.measure), fold(act.nature), fold(act.motive))
    if not kind:
        raise Unreadable(_("La mesure « %(word)s » n’est pas de celles que le règlement connaît.") % {"word": act.word})
    motive = act.motive or _("Motif non précisé par l’ancien outil.")
    if act.thing is Thing.PUNISHMENT:
        if since and act.first < since:
            raise Unreadable(_("Une punition se garde l’année en cours et la précédente : celle-ci est plus ancienne."))
        return PastPunishment(student, kind, act.first, motive, act.detail, act.author)
    return _sanction(act, student, kind, motive)


def _sanction(act: Act, student: int, kind: str, motive: str) -> PastSanction:
    erased = erasure_day(kind, act.first)
    if erased and erased <= clock.today():
        raise Unreadable(
            _("Effacée du dossier depuis le %(day)s (R511-13) : elle ne se reprend pas.")
            % {"day": f"{erased:%d/%m/%Y}"}
        )
    told = fold(f"{act.measure} {act.detail}")
    if "sursis" in told:
        raise Doubtful(_("Cette sanction est assortie du sursis : écrivez-la à la main, avec le jour où il prend fin."))
    starts, ends = (act.first, act.last) if kind in TEMPORARY and act.last else (None, None)
    if starts and ends and (ends - starts).days + 1 > MOST_DAYS:
        raise Unreadable(_("Une exclusion temporaire dure huit jours au plus (R511-13). Vérifiez ses deux dates."))
    by_council = kind == Kind.EXPULSION or "conseil de discipline" in fold(f"{told} {act.author}")
    return PastSanction(student, kind, act.first, motive, act.author, by_council, starts, ends)


def _kept_since() -> dt.date | None:
    """The first day of which punishments are kept; as `discipline.services.forgetting`."""
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    return year.starts_on.replace(year=year.starts_on.year - 1, day=1) if year else None
