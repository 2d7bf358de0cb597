"""Making a file: what is ready leaves, the others are listed; the bytes are kept sealed with who asked and their hash."""

import hashlib
import io
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Group
from pupitre.establishments.models import SchoolYear, Term
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.imports.sealing import seal, unseal
from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.assembling import booklet_of, signatory_of
from pupitre.integrations.lsu.booklet import Booklet, Header
from pupitre.integrations.lsu.checking import Check, Fault, check
from pupitre.integrations.lsu.drafting import Drafts
from pupitre.integrations.lsu.models import LsuExport
from pupitre.integrations.lsu.queries.terms import drafts_of, period_of
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.checks import note_check
from pupitre.integrations.lsu.validating import refused_by_schema
from pupitre.integrations.lsu.words import told
from pupitre.integrations.lsu.writer import write

Left = tuple[str, str, Sequence[Fault]]


@transaction.atomic
def export_term(
    *, term: Term, terms: list[Term], division: Group | None, actor: Actor, takes_unvalidated: bool = False
) -> LsuExport:
    """Make the file of a term for the school, or a class. Raises Refusal when no report may leave.

    `takes_unvalidated`: the bulletins that the council has not validated leave too, for the head said so.
    """
    drafts = drafts_of(term, actor.uai, division.pk if division else None)
    looked = check(drafts, takes_unvalidated=takes_unvalidated)
    if not looked.ready:
        raise Refusal(_("Aucun bilan n’est complet : rien n’a été exporté. La liste dit ce qui manque à chacun."))
    if division is None:
        note_check(term, check(drafts) if takes_unvalidated else looked)
    booklet = _booklet(drafts, looked, term, terms, actor.uai)
    left: list[Left] = [(draft.pupil.name, draft.division.label, faults) for draft, faults in looked.blocked]
    left += [(name, label, ()) for name, label in drafts.facts.gone]
    name = f"lsu_{actor.uai}_{division.code if division else 'college'}_{term.code}.xml"
    return keep(
        booklet, name=name, term=term, year=term.school_year, division=division, left=left,
        students=[each.pupil.id for each in looked.ready], actor=actor, takes_unvalidated=takes_unvalidated,
    )  # fmt: skip


def _booklet(drafts: Drafts, looked: Check, term: Term, terms: list[Term], uai: str) -> Booklet:
    version, chosen = drafts.facts.settings or (limits.VERSIONS[0], "")
    signatory = signatory_of(drafts.facts.heads, chosen)
    return booklet_of(
        drafts, looked.ready, header_of(uai, version), period_of(term, terms), signatory, term.school_year.starts_on
    )


def header_of(uai: str, version: str) -> Header:
    """Who writes the file."""
    return Header(uai, version, application_version=settings.RELEASE)


def keep(
    booklet: Booklet, *, name: str, term: Term | None, year: SchoolYear, division: Group | None, left: Sequence[Left],
    students: list[int], actor: Actor, takes_unvalidated: bool = False,
) -> LsuExport:  # fmt: skip
    """Write a file and keep it. Raises Refusal when the schema of the ministry, where the server has it, refuses it."""
    out = io.BytesIO()
    write(booklet, out)
    data = out.getvalue()
    if why := refused_by_schema(data):
        raise Refusal(_("Le schéma du ministère refuse ce fichier : rien n’a été gardé. %(why)s") % {"why": why})
    made = LsuExport(
        term=term, school_year=year, division=division, name=name[:120], schema_version=booklet.header.version,
        reports=len(booklet.terms) + len(booklet.cycles), left_aside=[[who, of, told(why)] for who, of, why in left],
        student_ids=students, sha256=hashlib.sha256(data).hexdigest(), size=len(data), data=seal(data),
        made_by_id=actor.person_id, made_at=clock.now(),
    )  # fmt: skip
    made.save()
    audit.record(
        actor, "lsu.export", made, reports=made.reports, left=len(made.left_aside), sha256=made.sha256,
        takes_unvalidated=takes_unvalidated,
    )  # fmt: skip
    return made


def bytes_of(export: LsuExport, *, actor: Actor) -> bytes:
    """The file, opened; each time it is taken is in the journal."""
    audit.record(actor, "lsu.download", export)
    return unseal(export.data or b"")
