"""What adults are to students. Rights come from the links of the last import: a link gone is access gone, at once."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from pupitre.directory.models import Guardianship
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Create, Ref, Update, Write
from pupitre.integrations.exchange.records import GuardianRecord, LinkRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.wording import field_label, text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import affiliate, end_affiliation, full_name, relation_label
from pupitre.integrations.imports.plan import Change
from pupitre.integrations.imports.sources import authority
from pupitre.integrations.onde.keys import PREFIX as ONDE

_LINK = ("level", "relation", "pays_fees", "lodges", "contact_first")
# The link « the student themself » (adult student): their own rights, no second account.
SELF = "70"


def usable_links(
    context: Context, guardians: Iterable[GuardianRecord], links: Iterable[LinkRecord], people: Mapping[str, int]
) -> list[LinkRecord]:
    """The links whose two ends are known; the others are left aside, with the adult's name.

    `people`: the guardians known already, by key.
    """
    names = {record.key: full_name(record.who) for record in guardians}
    usable = []
    for link in links:
        if link.relation == SELF or link.student in context.left_aside:
            continue
        if link.student in context.students and link.guardian in names:
            usable.append(link)
        else:
            # Elsewhere than in SIECLE, the child may be one whom the file names badly: what the adult has is kept.
            if context.source != "siecle" and link.guardian in people:
                context.unsure.add(people[link.guardian])
            context.plan.find(
                Severity.QUARANTINE, "link_without_student", names.get(link.guardian, link.guardian),
                _unknown_student(context, link.student),
            )  # fmt: skip
    return usable


def _unknown_student(context: Context, key: str) -> str:
    """Why a link leads nowhere; ONDE names children, and the one it may mean is told."""
    if not key.startswith(ONDE):
        return _(
            "Ce responsable est rattaché à un élève qui n’est pas dans l’établissement (numéro %(student)s). "
            "Importez le fichier des élèves le plus récent."
        ) % {"student": key}
    names, _separator, of = key.removeprefix(ONDE).partition("|")
    near = get_close_matches(key, [each for each in context.students if each.startswith(ONDE)], n=1, cutoff=0.75)
    told = _("Son enfant « %(child)s » n’est pas parmi les élèves de l’école.") % {"child": f"{names}, {of}".title()}
    if near:
        told += " " + _("Le plus proche est %(near)s.") % {"near": context.student_names.get(near[0], "")}
    return told + " " + _("Corrigez le nom ou la classe dans ONDE, puis refaites les exports.")


def wards_label(context: Context, wards: list[LinkRecord]) -> str:
    """« Mère de Inès Belkacem et Tom Belkacem », as the file says it."""
    names = [context.student_names.get(link.student, "") for link in wards]
    return _("%(relation)s de %(students)s") % {
        "relation": relation_label(wards[0]),
        "students": ", ".join(name for name in names if name),
    }


def new_link(context: Context, link: LinkRecord, guardian: int | Ref) -> Create:
    """The row of a link that is not known yet."""
    values: dict[str, Any] = {"pays_fees": False, "lodges": False, "contact_first": False, **_said(link)}
    values |= {
        "establishment_id": context.known.establishment.pk, "student_id": context.students[link.student],
        "guardian_id": guardian, "is_restricted": False, "source": context.source,
        "starts_on": context.year_starts_on, "ends_on": None,
    }  # fmt: skip
    return Create(Guardianship, values)


def _said(link: LinkRecord) -> dict[str, Any]:
    """What a file says of a link: column → value. What it does not say is kept."""
    return {name: value for name in _LINK if (value := getattr(link, name)) not in ("", None)}


def compare_links(
    context: Context, record: GuardianRecord, person_id: int, wards: list[LinkRecord], seen: set[tuple[object, object]]
) -> None:
    """Changes for the links of somebody known; those of the file are added to `seen`, by the ids of both people."""
    for link in wards:
        student = context.students[link.student]
        if (student, person_id) in seen:  # the same human, written twice by the source
            continue
        seen.add((student, person_id))
        held = context.known.guardianships.get((student, person_id)) if isinstance(student, int) else None
        if held is not None and authority(held.source) > authority(context.source):
            continue
        if held is None or held.ends_on is not None:
            _compare_new_link(context, record, person_id, link, held)
        else:
            _compare_changed_link(context, record, link, held)


def _compare_new_link(
    context: Context, record: GuardianRecord, person_id: int, link: LinkRecord, held: Guardianship | None
) -> None:
    writes: list[Write] = [_reopen(context, held, link) if held else new_link(context, link, person_id)]
    writes += affiliate(context.known, person_id, Profile.GUARDIAN, function="", source=context.source,
                        starts_on=context.today)  # fmt: skip
    context.plan.changes.append(
        Change(f"link:{link.student}:{record.key}", Kind.NEW_LINK, full_name(record.who), writes, relation_label(link),
               text(""), context.student_names.get(link.student, ""))
    )  # fmt: skip


def _compare_changed_link(context: Context, record: GuardianRecord, link: LinkRecord, held: Guardianship) -> None:
    for name, new in _said(link).items():
        old = getattr(held, name)
        if old != new:
            context.plan.changes.append(
                Change(f"link:{link.student}:{record.key}:{name}", Kind.CHANGED_LINK,
                       f"{full_name(record.who)}, {wards_label(context, [link])}",
                       [Update(Guardianship, held.pk, {name: old}, {name: new})], field_label(name), text(old), text(new),
                       str(_("N’a plus accès à la scolarité de l’élève.")) if name == "level" and new == 3 else "")
            )  # fmt: skip


def _reopen(context: Context, held: Guardianship, link: LinkRecord) -> Update:
    after = {"ends_on": None, "source": context.source, **_said(link)}
    return Update(Guardianship, held.pk, {name: getattr(held, name) for name in after}, after)


def tell_without_legal_guardian(context: Context, links: list[LinkRecord]) -> None:
    """Students of whom neither this file nor another source names a legal guardian, by person: one may bear several keys."""
    known = context.known
    told = {context.students.get(link.student) for link in links if link.level == 1 or link.relation == SELF}
    names = {row: context.student_names.get(key, "") for key, row in context.students.items()
             if key not in context.left_aside}  # fmt: skip
    for row, name in names.items():
        elsewhere = isinstance(row, int) and any(
            link.level == 1 and link.ends_on is None and link.source != context.source for link in known.links_of[row]
        )
        if row not in told and not elsewhere:
            context.plan.find(
                Severity.NOTICE, "no_legal_guardian", name,
                _("N’a aucun responsable légal. Vérifiez sa fiche dans la base de l’établissement."),
            )  # fmt: skip


def compare_removed_links(context: Context, seen: Collection[tuple[object, object]]) -> None:
    """Links of this source that the file no longer holds, for the students it speaks of: the right ends at once.

    What is known of people whose record was left aside stays: it does not say that the link is gone.
    """
    known = context.known
    here = {person for key, person in context.students.items()
            if isinstance(person, int) and key not in context.left_aside} - context.unsure  # fmt: skip
    yesterday = context.today - dt.timedelta(days=1)
    current = {ends: link for ends, link in known.guardianships.items()
               if link.ends_on is None and _speaks_for(context, link) and ends[0] in here
               and ends[1] not in context.unsure}  # fmt: skip
    gone = {ends: link for ends, link in current.items() if ends not in seen}
    left = Counter(guardian for ends, link in known.guardianships.items() for guardian in ends[1:]
                   if link.ends_on is None and ends not in gone)  # fmt: skip
    for (student, guardian), link in gone.items():
        writes: list[Write] = [Update(Guardianship, link.pk, {"ends_on": None}, {"ends_on": yesterday})]
        if not left[guardian]:
            writes += end_affiliation(known, guardian, Profile.GUARDIAN, yesterday)
        context.plan.changes.append(
            Change(f"link:person-{student}:person-{guardian}:removed", Kind.REMOVED_LINK, known.name_of(student), writes,
                   str(link.get_relation_display()), known.name_of(guardian), text(""),
                   str(_("Perd l’accès à la scolarité de l’élève.")))
        )  # fmt: skip
    context.guard(len(gone), known.totals.get("links", len(current)), _("liens de responsabilité"))


def _speaks_for(context: Context, link: Guardianship) -> bool:
    """A file speaks for the links of its source, and the directory of the academy for those of the bases that feed it."""
    if context.source == "aaf":
        return 0 < authority(link.source) <= authority("aaf")
    return link.source == context.source and not _is_of_the_directory(context, link.student_id)


def _is_of_the_directory(context: Context, student: int) -> bool:
    return any(each.source == "aaf" for each in context.known.ids_of.get(student, ()))
