"""What a school chooses for its files: the version, who signs, how each subject is followed."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Subject
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.integrations.lsu.checking import is_code
from pupitre.integrations.lsu.models import Discipline, LsuSettings, Mode
from pupitre.integrations.lsu.modes import supposed_mode
from pupitre.integrations.lsu.refusals import Refusal


@transaction.atomic
def choose_settings(*, version: str, signatory: str, actor: Actor) -> None:
    """Say which version of the schema the school’s LSU takes, and who signs its reports."""
    held, _is_new = LsuSettings.objects.update_or_create(
        establishment_id=current_establishment_id(),
        defaults={"schema_version": version, "signatory": signatory.strip()},
    )
    audit.record(actor, "lsu.choose_settings", held, version=version)


@transaction.atomic
def choose_disciplines(*, told: Mapping[int, tuple[str, str]], actor: Actor) -> None:
    """Say how subjects are followed and under which code, by subject. Raises Refusal for a code that is not one."""
    subjects = {each.pk: each for each in Subject.objects.filter(pk__in=told)}
    kept, usual = [], []
    for pk, subject in subjects.items():
        mode, code = told[pk][0], told[pk][1].strip().upper()
        if code and not is_code(code):
            raise Refusal(
                _("%(subject)s : « %(code)s » n’est pas un code national. Il a six chiffres ou lettres, comme 061300.")
                % {"subject": subject.label, "code": code[:20]}
            )
        if mode not in Mode.values:
            raise Refusal(_("%(subject)s : choisissez comment elle est suivie.") % {"subject": subject.label})
        code = "" if code == subject.code else code
        if code or mode != supposed_mode(subject.code):
            kept.append(Discipline(establishment_id=current_establishment_id(), subject=subject, mode=mode, code=code))
        else:
            usual.append(pk)
    Discipline.objects.filter(subject__in=usual).delete()
    Discipline.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["establishment", "subject"], update_fields=["mode", "code"]
    )
    audit.record(actor, "lsu.choose_disciplines", None, subjects=len(kept))
