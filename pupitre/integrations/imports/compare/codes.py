"""Codes that no nomenclature explains: told, and kept as they are."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.gathering import Gathered


def tell_unknown_codes(context: Context, said: Gathered) -> None:
    """Note training levels and subjects that people or courses bear and that no nomenclature of the school names.

    A school without nomenclature yet is told nothing: every code would be unknown.
    """
    known = context.known
    programmes = known.programmes.keys() | {each.mef for each in said.programmes or ()}
    if programmes:
        followed = Counter(each.mef for each in said.students or () if each.mef and each.mef not in programmes)
        for mef, students in followed.items():
            told = ngettext(
                "%(n)s élève suit cette formation, que la nomenclature ne connaît pas. Son code est gardé tel quel ; "
                "importez la nomenclature la plus récente.",
                "%(n)s élèves suivent cette formation, que la nomenclature ne connaît pas. Son code est gardé tel quel ; "
                "importez la nomenclature la plus récente.",
                students,
            ) % {"n": students}
            context.plan.find(Severity.NOTICE, "unknown_mef", mef, told, field="CODE_MEF", old=mef)
    subjects = known.subjects.keys() | {each.code for each in said.subjects or ()}
    taught = {each.subject for each in (*(said.courses or ()), *(said.lessons or ()))}
    for code in sorted(taught - subjects) if subjects else ():
        context.plan.find(
            Severity.NOTICE, "unknown_subject", code,
            _(
                "Cette matière est enseignée, et la nomenclature ne la connaît pas. Son code lui tient lieu de nom ; "
                "importez la nomenclature la plus récente."
            ),
            field="CODE_MATIERE", old=code,
        )  # fmt: skip
