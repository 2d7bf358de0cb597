"""What the booklet of the lycée needs: which subject is which, and what is said of the year of a student."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Student, Subject
from pupitre.establishments.models import SchoolYear
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.models import BookletSubject, Engagement, ExamOpinion, LyceeYear
from pupitre.integrations.lsu.policies import WRITE_CYCLES
from pupitre.integrations.lsu.refusals import Refusal


@transaction.atomic
def match_subjects(*, mef: str, told: Mapping[int, tuple[str, bool]], actor: Actor) -> None:
    """Say under which subject of the booklet each subject stands, for the students of a path; `True`: of every path.

    An empty label takes back what was said for the path, or for every path. Raises Refusal for a label that is too long.
    """
    subjects = {each.pk: each for each in Subject.objects.filter(pk__in=told)}
    kept = []
    for pk, subject in subjects.items():
        label, for_all = " ".join(told[pk][0].split()), told[pk][1]
        if len(label) > limits.BOOKLET_SUBJECT:
            raise Refusal(
                _("%(subject)s : %(n)s caractères, %(most)s au plus.")
                % {"subject": subject.label, "n": len(label), "most": limits.BOOKLET_SUBJECT}
            )
        held = BookletSubject.objects.filter(subject=subject, mef__in=("", mef) if for_all or not label else (mef,))
        if for_all or not label:
            held.delete()
        if label:
            kept.append(
                BookletSubject(
                    establishment_id=current_establishment_id(),
                    subject=subject,
                    mef="" if for_all else mef,
                    label=label,
                )
            )
    BookletSubject.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["establishment", "subject", "mef"], update_fields=["label"]
    )
    audit.record(actor, "lsu.match_subjects", None, path=mef, subjects=len(kept))


@dataclass(frozen=True, slots=True)
class TypedYear:
    """The year of a student as it was typed."""

    engagements: Collection[str]
    detail: str
    appreciation: str
    head_opinion: str
    exam_opinion: str


@transaction.atomic
def write_lycee_year(
    *, student: Student, year: SchoolYear, typed: TypedYear, version: int, actor: Actor
) -> LyceeYear:  # fmt: skip
    """Keep what the booklet says of a year. Raises Refusal: somebody wrote meanwhile, a text too long.

    The opinion of the head is theirs: from anybody else it is left as it was. Whoever calls has checked that the actor
    writes for the class of the student.
    """
    texts = {name: plain(getattr(typed, name)) for name in ("detail", "appreciation", "head_opinion")}
    for name, most in (("detail", 300), ("appreciation", limits.APPRECIATION), ("head_opinion", limits.APPRECIATION)):
        if len(texts[name]) > most:
            raise Refusal(
                _("Ce texte fait %(n)s caractères, %(most)s au plus.") % {"n": len(texts[name]), "most": most}
            )
    row, _is_new = LyceeYear.objects.select_for_update(of=("self",)).get_or_create(student=student, school_year=year)
    if row.version != version:
        raise Refusal(
            _(
                "Quelqu’un a écrit ce livret pendant que vous l’aviez sous les yeux. Relisez ci-dessous, puis enregistrez."
            )
        )
    row.engagements = [each for each in Engagement.values if each in typed.engagements]
    row.detail, row.appreciation = texts["detail"], texts["appreciation"]
    if actor.has(WRITE_CYCLES):
        row.head_opinion = texts["head_opinion"]
    row.exam_opinion = typed.exam_opinion if typed.exam_opinion in ExamOpinion.values else ""
    row.version, row.written_by_id, row.written_at = version + 1, actor.person_id, clock.now()
    row.save()
    audit.record(actor, "lsu.write_lycee_year", row)
    return row
