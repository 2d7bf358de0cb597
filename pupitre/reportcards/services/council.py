"""What the council says of a student: mention, supports, orientation; and the end of the draft."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.directory.models import Group, Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.reportcards.models import MOST_APPRECIATION, Mention, ReportCard, Support
from pupitre.reportcards.policies import MANAGE
from pupitre.reportcards.queries.mentions import STARTER
from pupitre.reportcards.queries.places import standings_of, students_in
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.opening import open_cards

_TEXTS = {"wishes": gettext_lazy("Vœux de la famille"), "decision": gettext_lazy("Proposition ou décision")}


def start_mentions() -> None:
    """Give a school that has no list the usual three; it makes it its own afterwards."""
    if not Mention.objects.exists():
        school = current_establishment_id()
        Mention.objects.bulk_create(
            [Mention(establishment_id=school, label=str(each), position=place) for place, each in enumerate(STARTER)],
            ignore_conflicts=True,
        )


def mention_called(label: str) -> Mention | None:
    """A mention of the list of the school by its label; None for none."""
    if not label:
        return None
    start_mentions()
    found: Mention | None = Mention.objects.filter(label=label).first()
    return found


@transaction.atomic
def fill_card(
    *, student: Student, term: Term, actor: Actor, mention: Mention | None, supports: Collection[str],
    wishes: str = "", decision: str = "",
) -> ReportCard:  # fmt: skip
    """Keep what the council says of a student besides the synthesis. Raises Refusal: given, validated, too long, unknown.

    Whoever calls has checked that the actor writes the synthesis of the class.
    """
    card = _open(student, term)
    if card.status == ReportCard.Status.PUBLISHED:
        raise Refusal(_("Ce bulletin est publié. Seule la direction peut le rouvrir."))
    if card.status == ReportCard.Status.VALIDATED and not actor.has(MANAGE):
        raise Refusal(_("Le conseil a arrêté ce bulletin. Seule la direction peut le changer."))
    texts = {"wishes": plain(wishes), "decision": plain(decision)}
    for name, text in texts.items():
        if len(text) > MOST_APPRECIATION:
            raise Refusal(
                _("%(what)s : %(n)s caractères, %(most)s au plus.")
                % {"what": _TEXTS[name], "n": len(text), "most": MOST_APPRECIATION}
            )
    card.mention, card.wishes, card.decision = mention, texts["wishes"], texts["decision"]
    card.supports = [each for each in Support.values if each in supports]
    card.save(update_fields=["mention", "supports", "wishes", "decision"])
    audit.record(actor, "reportcards.fill_card", card)
    return card


@transaction.atomic
def validate_cards(*, division: Group, term: Term, students: Collection[int] | None, actor: Actor) -> int:
    """End the draft of the bulletins of a class, or of some of its students: the council was held; how many."""
    everyone = [each.pk for each in students_in(division.pk, term) if students is None or each.pk in students]
    open_cards(everyone, term, standings_of(everyone, term))
    cards = ReportCard.objects.filter(term=term, student__in=everyone, status=ReportCard.Status.DRAFT)
    count: int = cards.update(
        status=ReportCard.Status.VALIDATED, validated_at=clock.now(), validated_by_id=actor.person_id
    )
    audit.record(actor, "reportcards.validate", division, term=term.pk, cards=count)
    return count


@transaction.atomic
def reopen_cards(*, division: Group, term: Term, students: Collection[int] | None, why: str, actor: Actor) -> int:
    """Make drafts again of bulletins that were validated or given, saying why; how many. Raises Refusal.

    What families were given stays what they read, until it is published again under the next number.
    """
    if not why.strip():
        raise Refusal(_("Dites pourquoi en une phrase : elle reste dans le journal de la classe."))
    cards = ReportCard.objects.filter(division=division, term=term).exclude(status=ReportCard.Status.DRAFT)
    if students is not None:
        cards = cards.filter(student__in=students)
    facts: dict[str, Any] = {"status": ReportCard.Status.DRAFT, "validated_at": None, "validated_by_id": None}
    count: int = cards.update(**facts)
    audit.record(actor, "reportcards.reopen", division, term=term.pk, cards=count)
    return count


def _open(student: Student, term: Term) -> ReportCard:
    standings = standings_of([student.pk], term)
    open_cards([student.pk], term, standings)
    card: ReportCard | None = (
        ReportCard.objects.filter(student=student, term=term).select_for_update(of=("self",)).first()
    )
    if card is None:
        raise Refusal(_("Cet élève n’a pas de classe pendant cette période : il n’a pas de bulletin."))
    return card
