"""Guardians and their links to students. Rights come from the links of the last import: a link gone is access gone."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from pupitre.directory.models import Guardianship, Person
from pupitre.directory.names import fold
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Bind, Create, Ref, Update, Write
from pupitre.integrations.exchange.records import GuardianRecord, Identity, LinkRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.wording import field_label, text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import (
    affiliate,
    changed_contact,
    changed_identity,
    end_affiliation,
    full_name,
    new_person,
    outside_id,
    relation_label,
    update_person,
)
from pupitre.integrations.imports.matching import ids_to_add, look_alikes, match_guardian
from pupitre.integrations.imports.plan import Change

_LINK = ("level", "relation", "pays_fees", "lodges", "contact_first")
# The link « the student themself » (adult student): their own rights, no second account.
SELF = "70"


def compare_families(
    context: Context, guardians: list[GuardianRecord], links: list[LinkRecord], *, is_complete: bool
) -> None:
    """Changes for guardians and links. `is_complete`: links of this source that are not named are gone."""
    by_guardian: dict[str, list[LinkRecord]] = defaultdict(list)
    for link in _usable(context, guardians, links):
        by_guardian[link.guardian].append(link)
    lookup = _Adults(context)
    seen: set[tuple[int, int]] = set()
    for record in guardians:
        wards = by_guardian.get(record.key, [])
        if not wards:
            _alone(context, record, links)
            continue
        _no_contact(context, record, wards)
        person = match_guardian(context.known, record.who)
        if person is None:
            _new_guardian(context, record, wards, lookup)
        else:
            _changed_person(context, record, person)
            seen |= _compare_links(context, record, person, wards)
    _without_legal_guardian(context, links)
    if is_complete:
        _removed_links(context, seen)


def _usable(context: Context, guardians: list[GuardianRecord], links: list[LinkRecord]) -> list[LinkRecord]:
    """The links whose two ends are known; the others are left aside, with the adult's name."""
    names = {record.key: full_name(record.who) for record in guardians}
    usable = []
    for link in links:
        if link.relation == SELF:
            continue
        if link.student in context.students and link.guardian in names:
            usable.append(link)
        elif link.student not in context.left_aside:
            context.plan.find(
                Severity.QUARANTINE, "link_without_student", names.get(link.guardian, link.guardian),
                _(
                    "Ce responsable est rattaché à un élève qui n’est pas dans l’établissement (numéro %(student)s). "
                    "Importez le fichier des élèves le plus récent."
                ) % {"student": link.student},
            )  # fmt: skip
    return usable


def _alone(context: Context, record: GuardianRecord, links: list[LinkRecord]) -> None:
    if any(link.guardian == record.key for link in links):
        return
    context.plan.find(
        Severity.NOTICE, "guardian_without_student", full_name(record.who),
        _("N’est rattaché à aucun élève : aucun compte n’est créé."),
    )  # fmt: skip


def _no_contact(context: Context, record: GuardianRecord, wards: list[LinkRecord]) -> None:
    who = record.who
    if not (who.email or who.mobile or who.phone or who.is_organisation):
        context.plan.find(
            Severity.NOTICE, "no_contact", f"{full_name(who)}, {_wards(context, wards)}",
            _(
                "Ni téléphone ni adresse électronique : son compte ne pourra être activé qu’avec la feuille imprimée. "
                "Complétez sa fiche dans la base de l’établissement."
            ),
        )  # fmt: skip


def _wards(context: Context, wards: list[LinkRecord]) -> str:
    """« Mère de Inès Belkacem et Tom Belkacem », as the file says it."""
    names = [context.student_names.get(link.student, "") for link in wards]
    return _("%(relation)s de %(students)s") % {
        "relation": relation_label(wards[0]),
        "students": ", ".join(name for name in names if name),
    }


class _Adults:
    """The adults known, by folded names, for proposals of merging."""

    def __init__(self, context: Context) -> None:
        self.known = context.known
        self.elsewhere: dict[tuple[str, str], list[Person]] | None = None

    def like(self, who: Identity) -> list[Person]:
        if self.elsewhere is None:
            self.elsewhere = self._load()
        found = [
            person
            for name in {who.last_name, who.usage_name} - {""}
            for person in self.elsewhere.get((fold(name), fold(who.first_name)), ())
        ]
        return list({person.pk: person for person in look_alikes(self.known, who, iter(found))}.values())

    def _load(self) -> dict[tuple[str, str], list[Person]]:
        """Guardians of any school: the same human may have children in two of them."""
        index: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for person in Person.objects.filter(affiliations__profile=Profile.GUARDIAN).distinct():
            for name in {person.last_name, person.usage_name} - {""}:
                index[fold(name), fold(person.first_name)].append(person)
        return index


def _new_guardian(context: Context, record: GuardianRecord, wards: list[LinkRecord], lookup: _Adults) -> None:
    name = f"guardian:{record.key}"
    ref = Ref(name)
    writes = new_person(name, record.who)
    writes += affiliate(context.known, ref, Profile.GUARDIAN, function="", source=context.source,
                        starts_on=context.year_starts_on)  # fmt: skip
    writes += [_new_link(context, link, ref) for link in wards]
    context.plan.changes.append(
        Change(name, Kind.NEW_GUARDIAN, full_name(record.who), writes, new=_wards(context, wards),
               reason=str(_("Un compte à activer.")))
    )  # fmt: skip
    for person in lookup.like(record.who)[:1]:
        context.plan.changes.append(
            Change(f"{name}:same", Kind.SAME_PERSON, full_name(record.who), [Bind(name, person.pk)], str(_("Personne")),
                   str(_("une nouvelle personne")), person.display_name,
                   str(_("Mêmes noms et mêmes coordonnées : un seul compte pour tous ses enfants, si c’est bien la même.")),
                   proposed=False)
        )  # fmt: skip


def _new_link(context: Context, link: LinkRecord, guardian: int | Ref) -> Create:
    values: dict[str, Any] = {name: getattr(link, name) for name in _LINK}
    values |= {
        "establishment_id": context.known.establishment.pk, "student_id": context.students[link.student],
        "guardian_id": guardian, "is_restricted": False, "source": context.source,
        "starts_on": context.year_starts_on, "ends_on": None,
    }  # fmt: skip
    return Create(Guardianship, values)


def _changed_person(context: Context, record: GuardianRecord, person_id: int) -> None:
    person = context.known.people[person_id]
    for kind, changed in (
        (Kind.CHANGED_IDENTITY, changed_identity(person, record.who)),
        (Kind.CHANGED_CONTACT, changed_contact(person, record.who)),
    ):
        for name, (old, new) in changed.items():
            context.plan.changes.append(
                Change(f"guardian:{record.key}:{name}", kind, full_name(record.who),
                       [update_person(person, {name: (old, new)})], field_label(name), text(old), text(new))
            )  # fmt: skip
    if new_ids := ids_to_add(context.known, person_id, record.who):
        context.plan.changes.append(
            Change(f"guardian:{record.key}:ids", Kind.CHANGED_ID, full_name(record.who),
                   [outside_id(person_id, each) for each in new_ids], str(_("Identifiant")),
                   new=", ".join(each.value for each in new_ids))
        )  # fmt: skip


def _compare_links(
    context: Context, record: GuardianRecord, person_id: int, wards: list[LinkRecord]
) -> set[tuple[int, int]]:
    """Changes for the links of somebody known; gives the links seen."""
    seen: set[tuple[int, int]] = set()
    for link in wards:
        student = context.students[link.student]
        held = context.known.guardianships.get((student, person_id)) if isinstance(student, int) else None
        key, label = f"link:{link.student}:{record.key}", full_name(record.who)
        if isinstance(student, int):
            seen.add((student, person_id))
        if held is None or held.ends_on is not None:
            writes: list[Write] = [_reopen(held, link) if held else _new_link(context, link, person_id)]
            writes += affiliate(context.known, person_id, Profile.GUARDIAN, function="", source=context.source,
                                starts_on=context.today)  # fmt: skip
            context.plan.changes.append(
                Change(key, Kind.NEW_LINK, label, writes, relation_label(link), text(""),
                       context.student_names.get(link.student, ""))
            )  # fmt: skip
            continue
        for name in _LINK:
            old, new = getattr(held, name), getattr(link, name)
            if old != new and new != "":
                context.plan.changes.append(
                    Change(f"{key}:{name}", Kind.CHANGED_LINK, f"{label}, {_wards(context, [link])}",
                           [Update(Guardianship, held.pk, {name: old}, {name: new})], field_label(name), text(old), text(new),
                           str(_("N’a plus accès à la scolarité de l’élève.")) if name == "level" and new == 3 else "")
                )  # fmt: skip
    return seen


def _reopen(held: Guardianship, link: LinkRecord) -> Update:
    after = {"ends_on": None, **{name: getattr(link, name) for name in _LINK}}
    return Update(Guardianship, held.pk, {name: getattr(held, name) for name in after}, after)


def _without_legal_guardian(context: Context, links: list[LinkRecord]) -> None:
    told = {link.student for link in links if link.level == 1 or link.relation == SELF}
    for key, name in context.student_names.items():
        if key in context.students and key not in told:
            context.plan.find(
                Severity.NOTICE, "no_legal_guardian", name,
                _("N’a aucun responsable légal. Vérifiez sa fiche dans la base de l’établissement."),
            )  # fmt: skip


def _removed_links(context: Context, seen: set[tuple[int, int]]) -> None:
    """Links of this source that the file no longer holds, for the students it speaks of: the right ends at once."""
    known = context.known
    here = {person for person in context.students.values() if isinstance(person, int)}
    yesterday = context.today - dt.timedelta(days=1)
    current = {ends: link for ends, link in known.guardianships.items()
               if link.ends_on is None and link.source == context.source and ends[0] in here}  # fmt: skip
    gone = {ends: link for ends, link in current.items() if ends not in seen}
    for (student, guardian), link in gone.items():
        writes: list[Write] = [Update(Guardianship, link.pk, {"ends_on": None}, {"ends_on": yesterday})]
        others = any(ends[1] == guardian and other.ends_on is None and ends not in gone
                     for ends, other in known.guardianships.items())  # fmt: skip
        if not others:
            writes += end_affiliation(known, guardian, Profile.GUARDIAN, yesterday)
        context.plan.changes.append(
            Change(f"link:person-{student}:person-{guardian}:removed", Kind.REMOVED_LINK, known.name_of(student), writes,
                   str(link.get_relation_display()), known.name_of(guardian), text(""),
                   str(_("Perd l’accès à la scolarité de l’élève.")))
        )  # fmt: skip
    context.guard(len(gone), len(current), _("liens de responsabilité"))
