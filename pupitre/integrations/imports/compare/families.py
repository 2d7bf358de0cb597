"""Guardians: new, changed, perhaps known already."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _
from msgspec import structs

from pupitre.directory.models import Person
from pupitre.directory.names import fold
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Bind, Ref
from pupitre.integrations.exchange.records import GuardianRecord, Identity, LinkRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.links import (
    compare_links,
    compare_removed_links,
    new_link,
    tell_without_legal_guardian,
    usable_links,
    wards_label,
)
from pupitre.integrations.imports.compare.people import compare_person
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.knowing import reached_by
from pupitre.integrations.imports.mapping import affiliate, full_name, new_person
from pupitre.integrations.imports.matching import look_alikes, match_guardian, same_names
from pupitre.integrations.imports.plan import Change


def compare_families(
    context: Context,
    guardians: list[GuardianRecord],
    links: list[LinkRecord],
    *,
    is_complete: bool,
    unsure: Collection[tuple[str, str]] = (),
) -> None:
    """Changes for guardians and links. `is_complete`: links of this source that are not named are gone, but for those
    left aside while reading (`unsure`, by the keys of student and guardian)."""
    links = [structs.replace(link, student=context.student_key(link.student)) for link in links]
    matched = {record.key: match_guardian(context.known, record.who) for record in guardians}
    people = {key: person for key, person in matched.items() if person is not None}
    by_guardian: dict[str, list[LinkRecord]] = defaultdict(list)
    for link in usable_links(context, guardians, links, people):
        by_guardian[link.guardian].append(link)
    if context.source == "aaf":
        people |= _already_of_the_child(context, guardians, by_guardian, people)
    new = [record.who for record in guardians if record.key not in people and by_guardian.get(record.key)]
    lookup, linked = _Adults(context, new), {link.guardian for link in links}
    seen: set[tuple[object, object]] = set()
    compared: set[int] = set()
    for record in guardians:
        wards = by_guardian.get(record.key, [])
        if not wards:
            _tell_alone(context, record, is_linked=record.key in linked)
            continue
        _tell_without_contact(context, record, wards)
        if record.key not in people:
            _new_guardian(context, record, wards, lookup)
            continue
        person, key = people[record.key], f"guardian:{record.key}"
        if person not in compared:  # a human whom the source writes twice is as the first record says
            compare_person(context, person, record.who, key=key, label=full_name(record.who))
        compared.add(person)
        compare_links(context, record, person, wards, seen)
    tell_without_legal_guardian(context, links)
    if is_complete:
        held = {(context.students.get(context.student_key(student)), people.get(adult)) for student, adult in unsure}
        compare_removed_links(context, seen | held)


def _already_of_the_child(
    context: Context, guardians: list[GuardianRecord], by_guardian: dict[str, list[LinkRecord]], people: dict[str, int]
) -> dict[str, int]:
    """Adults known from a base that feeds the directory, which gives no number in common: the same names, and already
    responsible for the same child, alone of their names."""
    known, taken = context.known, set(people.values())
    found: dict[str, int] = {}
    for record in guardians:
        if record.key in people:
            continue
        wards = {ward for link in by_guardian.get(record.key, ())
                 if isinstance(ward := context.students.get(link.student), int)}  # fmt: skip
        alike = {
            link.guardian_id
            for ward in wards
            for link in known.links_of.get(ward, ())
            if link.guardian_id in known.people and same_names(known.people[link.guardian_id], record.who)
        } - taken
        if len(alike) == 1 and not any(each.source == "aaf" for each in known.ids_of.get(next(iter(alike)), ())):
            found[record.key] = next(iter(alike))
            taken |= alike
    return found


def _tell_alone(context: Context, record: GuardianRecord, *, is_linked: bool) -> None:
    if is_linked:  # to a student left aside, told already
        return
    context.plan.find(
        Severity.NOTICE, "guardian_without_student", full_name(record.who),
        _("N’est rattaché à aucun élève : aucun compte n’est créé."),
    )  # fmt: skip


def _tell_without_contact(context: Context, record: GuardianRecord, wards: list[LinkRecord]) -> None:
    who = record.who
    if not (who.email or who.mobile or who.phone or who.is_organisation):
        context.plan.find(
            Severity.NOTICE, "no_contact", f"{full_name(who)}, {wards_label(context, wards)}",
            _(
                "Ni téléphone ni adresse électronique : son compte ne pourra être activé qu’avec la feuille imprimée. "
                "Complétez sa fiche dans la base de l’établissement."
            ),
        )  # fmt: skip


class _Adults:
    """The guardians of any school who share a means of contact with the new ones, by folded names, for proposals of merging:
    the same human may have children in two schools."""

    def __init__(self, context: Context, new: Collection[Identity]) -> None:
        self.known = context.known
        self.elsewhere: dict[tuple[str, str], list[Person]] = defaultdict(list)
        emails = {who.email.lower() for who in new if who.email}
        mobiles = {who.mobile for who in new if who.mobile}
        for person in reached_by(emails, mobiles):
            for name in {person.last_name, person.usage_name} - {""}:
                self.elsewhere[fold(name), fold(person.first_name)].append(person)

    def like(self, who: Identity) -> list[Person]:
        found = [
            person
            for name in {who.last_name, who.usage_name} - {""}
            for person in self.elsewhere.get((fold(name), fold(who.first_name)), ())
        ]
        return list({person.pk: person for person in look_alikes(self.known, who, iter(found))}.values())


def _new_guardian(context: Context, record: GuardianRecord, wards: list[LinkRecord], lookup: _Adults) -> None:
    name = f"guardian:{record.key}"
    ref = Ref(name)
    writes = new_person(name, record.who)
    writes += affiliate(context.known, ref, Profile.GUARDIAN, function="", source=context.source,
                        starts_on=context.year_starts_on)  # fmt: skip
    writes += [new_link(context, link, ref) for link in wards]
    context.plan.changes.append(
        Change(name, Kind.NEW_GUARDIAN, full_name(record.who), writes, new=wards_label(context, wards),
               reason=str(_("Un compte à activer.")))
    )  # fmt: skip
    for person in lookup.like(record.who)[:1]:
        context.plan.changes.append(
            Change(f"{name}:same", Kind.SAME_PERSON, full_name(record.who), [Bind(name, person.pk)], str(_("Personne")),
                   str(_("une nouvelle personne")), person.display_name,
                   str(_("Mêmes noms et mêmes coordonnées : un seul compte pour tous ses enfants, si c’est bien la même.")),
                   proposed=False)
        )  # fmt: skip
