"""Staff: new, changed, gone; head teachers."""

import datetime as dt
from collections.abc import Container, Iterable

from django.utils.translation import gettext as _

from pupitre.directory.models import Affiliation, FormTeacher
from pupitre.directory.profiles import STAFF, Profile
from pupitre.establishments.ledger import Bind, Create, Ref, Update, Write
from pupitre.integrations.exchange.records import OutsideId, StaffRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.people import compare_person
from pupitre.integrations.imports.compare.wording import field_label, text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import (
    affiliate,
    end_affiliation,
    full_name,
    new_person,
    profiles_of,
)
from pupitre.integrations.imports.matching import Mismatch, match_staff
from pupitre.integrations.imports.plan import Change
from pupitre.integrations.imports.sources import authority

_WORKS = STAFF | {Profile.GUEST}


def compare_staff(
    context: Context, records: list[StaffRecord], *, is_complete: bool, gone: Iterable[OutsideId] | None = None
) -> None:
    """Changes for the staff of a file. `is_complete`: those of this source whom it does not name have left; `gone`: those
    whom a partial file says to have left."""
    seen: set[int] = set()
    for record in records:
        try:
            person = match_staff(context.known, record.who)
        except Mismatch as mismatch:
            seen.add(mismatch.person.pk)
            context.plan.find(
                Severity.QUARANTINE, "two_people_one_id", full_name(record.who),
                _("Cet identifiant est déjà celui de %(known)s. Vérifiez la fiche dans STSWeb.")
                % {"known": mismatch.person.display_name},
            )  # fmt: skip
            continue
        if person is None:
            _new(context, record)
        elif person in seen:
            context.plan.find(
                Severity.QUARANTINE, "same_id", full_name(record.who),
                _("Une autre fiche du fichier est déjà celle de %(known)s. Gardez la bonne dans STSWeb.")
                % {"known": context.known.name_of(person)},
            )  # fmt: skip
            continue
        else:
            seen.add(person)
            context.staff[record.key] = person
            _known(context, record, person)
        _head_of(context, record)
    if gone is not None:
        named = {person for outside in gone for person in context.known.by_id.get(outside, ())}
        _gone(context, named - seen - context.unsure)
        _no_longer_head_of(context, records, among=seen)
    elif is_complete:
        _gone(context, _of_source(context) - seen - context.unsure)
        _no_longer_head_of(context, records)
    for record in records:
        if isinstance(context.staff.get(record.key), Ref):
            _propose_same(context, record, seen)


def _new(context: Context, record: StaffRecord) -> None:
    name = f"staff:{record.key}"
    context.staff[record.key] = Ref(name)
    writes = new_person(name, record.who)
    for profile, trade in profiles_of(record).items():
        writes += affiliate(context.known, Ref(name), profile, function=trade, source=context.source,
                            starts_on=context.year_starts_on)  # fmt: skip
    context.plan.changes.append(
        Change(
            name, Kind.NEW_STAFF, full_name(record.who), writes, new=record.trade, reason=str(_("Un compte à activer."))
        )
    )


def _propose_same(context: Context, record: StaffRecord, seen: set[int]) -> None:
    """Somebody here bears the same names, whom the file does not name otherwise: to propose, never to merge alone."""
    alike = [person for person in context.known.staff_named(record.who) if person not in seen]
    if len(alike) != 1:
        return
    name = f"staff:{record.key}"
    context.plan.changes.append(
        Change(f"{name}:same", Kind.SAME_PERSON, full_name(record.who), [Bind(name, alike[0])], str(_("Personne")),
               str(_("une nouvelle personne")), context.known.name_of(alike[0]),
               str(_("Mêmes noms : un seul compte, si c’est bien la même personne.")), proposed=False)
    )  # fmt: skip


def _known(context: Context, record: StaffRecord, person_id: int) -> None:
    known, name = context.known, full_name(record.who)
    key, said = f"staff:{record.key}", profiles_of(record)
    compare_person(context, person_id, record.who, key=key, label=name)
    for profile, trade in said.items():
        held = known.affiliations.get((person_id, profile))
        writes = affiliate(
            known, person_id, profile, function=trade, source=context.source, starts_on=context.year_starts_on
        )
        if writes:
            kind = Kind.CHANGED_STAFF if held and held.ends_on is None else Kind.NEW_STAFF
            old = held.function if held else ""
            context.plan.changes.append(
                Change(f"{key}:{profile}", kind, name, writes, field_label("function"), old, trade)
            )
    if record.tells_all:
        _no_longer(context, person_id, key, name, said)


def _no_longer(context: Context, person_id: int, key: str, name: str, said: Container[str]) -> None:
    """End the functions that a source gave and that one at least as good, which tells them all, no longer tells: they would
    keep rights that nobody means. Those given by hand stay."""
    known, yesterday = context.known, context.today - dt.timedelta(days=1)
    for (person, profile), held in known.affiliations.items():
        given = 0 < authority(held.source) <= authority(context.source)
        if person == person_id and profile in _WORKS and profile not in said and given and held.ends_on is None:
            context.plan.changes.append(
                Change(f"{key}:{profile}:ended", Kind.CHANGED_STAFF, name,
                       end_affiliation(known, person, profile, yesterday), field_label("function"),
                       held.function or str(Profile(profile).label), text(""))
            )  # fmt: skip


def _head_of(context: Context, record: StaffRecord) -> None:
    person = context.staff[record.key]
    for code in record.head_of:
        ours = context.group_code(code)
        if ours is None:
            context.unknown_group(code, full_name(record.who))
            continue
        group = context.group(ours)
        held = (
            context.known.form_teachers.get((group, person))
            if isinstance(group, int) and isinstance(person, int)
            else None
        )
        if held and held.ends_on is None:
            continue
        values = {"group_id": group, "person_id": person, "starts_on": context.year_starts_on, "ends_on": None}
        write: Write = (
            Update(FormTeacher, held.pk, {"ends_on": held.ends_on}, {"ends_on": None})
            if held
            else Create(FormTeacher, values)
        )
        context.plan.changes.append(
            Change(f"head:{ours}:{record.key}", Kind.FORM_TEACHER, full_name(record.who), [write],
                   str(_("Professeur principal")), new=context.group_label(ours))
        )  # fmt: skip


def _no_longer_head_of(context: Context, records: list[StaffRecord], *, among: Container[int] | None = None) -> None:
    now = {(context.group(ours), context.staff.get(record.key))
           for record in records for code in record.head_of if (ours := context.group_code(code))}  # fmt: skip
    yesterday = context.today - dt.timedelta(days=1)
    for (group, person), held in context.known.form_teachers.items():
        is_said = among is None or person in among
        if is_said and (group, person) not in now and held.ends_on is None and person not in context.unsure:
            code = context.known.group_codes[group]
            context.plan.changes.append(
                Change(f"head:{code}:person-{person}:ended", Kind.FORM_TEACHER, context.known.name_of(person),
                       [Update(FormTeacher, held.pk, {"ends_on": None}, {"ends_on": yesterday})],
                       str(_("Professeur principal")), context.group_label(code), text(""))
            )  # fmt: skip


def _of_source(context: Context) -> set[int]:
    return {person for (person, profile), held in context.known.affiliations.items()
            if profile in STAFF and held.source == context.source and held.ends_on is None}  # fmt: skip


def _gone(context: Context, gone: set[int]) -> None:
    """End what a source made of people, and lesser sources before it; what was given by hand stays."""
    known, yesterday = context.known, context.today - dt.timedelta(days=1)
    told = 0
    for person in sorted(gone):
        here = [
            (profile, held)
            for (someone, profile), held in known.affiliations.items()
            if someone == person and profile in _WORKS and _speaks_for(context, held)
        ]
        writes = [write for profile, _held in here for write in end_affiliation(known, person, profile, yesterday)]
        if not writes:
            continue
        told += 1
        context.plan.changes.append(
            Change(f"staff:person-{person}:left", Kind.LEFT_STAFF, known.name_of(person), writes, old=here[0][1].function,
                   reason=str(_("N’est plus dans le fichier : accès fermés, données gardées.")))
        )  # fmt: skip
    context.guard(told, known.totals.get("staff", len(_of_source(context))), _("personnels"))


def _speaks_for(context: Context, held: Affiliation) -> bool:
    return held.source == context.source or (
        context.source == "aaf" and 0 < authority(held.source) < authority(context.source)
    )
