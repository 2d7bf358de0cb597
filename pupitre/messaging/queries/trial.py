"""« Écrire en tant que … à … » (MSG-3): whether one person may write to another, and the rule that says so."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.directory.models import Affiliation, Person
from pupitre.directory.periods import held_on
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.messaging.matrix import Matrix
from pupitre.messaging.models import MessagingSuspension
from pupitre.messaging.parties import Party
from pupitre.messaging.queries.myself import Myself, someone
from pupitre.messaging.queries.people import Candidate, Sender, candidates_among
from pupitre.messaging.queries.rules import matrix_in_force


@dataclass(frozen=True, slots=True)
class Verdict:
    """One way of writing: as what, to whom as what, yes or no, by which rule."""

    sender: str
    recipient: str
    is_allowed: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Trial:
    """Every way in which one may write to the other, or may not; and what stops the sender for the time being."""

    verdicts: tuple[Verdict, ...]
    suspension: str = ""

    @property
    def is_allowed(self) -> bool:
        return any(each.is_allowed for each in self.verdicts)


def try_writing(sender: Person, recipient: Person) -> Trial:
    """What the rules say today, in the open school; a statement for each party of the sender and four more."""
    profiles = Affiliation.objects.filter(
        held_on(clock.today()), person=sender, establishment=current_establishment_id()
    ).values_list("profile", flat=True)
    who = someone(sender.pk, list(profiles))
    matrix = matrix_in_force()
    verdicts = [
        Verdict(who.about(party), each.about, each.is_reached, _rule(each, party, matrix))
        for party in who.parties
        for each in candidates_among(Sender(sender.pk, (party,)), [recipient.pk])
        if each.person_id == recipient.pk
    ]
    return Trial(tuple(verdicts), _stopped(who))


def _rule(candidate: Candidate, sender: Party, matrix: Matrix) -> str:
    """The rule that decides, by its name."""
    recipient = candidate.party
    whose = _("Règle de l’établissement") if matrix.is_own(sender, recipient) else _("Règle de Pupitre")
    pair = f"{sender.label} → {recipient.label}"
    facts = {"whose": whose, "pair": pair, "name": candidate.name}
    texts = {
        "class_yes": _("Règle d’une classe : %(pair)s, autorisés dans la classe qu’ils partagent."),
        "class_no": _("Règle d’une classe : %(pair)s, fermés dans la classe qu’ils partagent."),
        "anyone": _("%(whose)s : %(pair)s, dans tout l’établissement."),
        "theirs": _("%(whose)s : %(pair)s, dans leurs classes. Ces deux personnes en partagent une."),
        "not_theirs": _("%(whose)s : %(pair)s, dans leurs classes. Ces deux personnes n’en partagent aucune."),
        "delegate": _("%(whose)s : %(pair)s, pour les délégués. Cette personne est déléguée de la classe."),
        "not_delegate": _("%(whose)s : %(pair)s, pour les délégués. Cette personne n’est pas déléguée de la classe."),
        "never": _("%(whose)s : %(pair)s, seulement pour répondre à un message reçu."),
    }
    return texts[candidate.reason] % facts


def _stopped(who: Myself) -> str:
    """What is suspended today for this sender, whatever the rules."""
    groups = {*who.groups, *(group for child in who.children for group in child.groups)}
    for row in MessagingSuspension.objects.filter(ended_at=None).select_related("group"):
        if row.group_id is None:
            return _("L’envoi de messages est suspendu dans l’établissement : %(reason)s") % {"reason": row.reason}
        if row.group_id in groups and row.group is not None:
            return _("L’envoi de messages est suspendu pour la classe %(class)s : %(reason)s") % {
                "class": row.group.label,
                "reason": row.reason,
            }
    return ""
