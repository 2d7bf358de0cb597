"""What of ours a name may stand for, kind by kind."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pupitre.directory.profiles import Profile
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.recognising.likeness import Item
from pupitre.integrations.imports.recognising.weeks import EVERY, FIRST, SECOND, Weeks

_TEACH = (Profile.TEACHER, Profile.SCHOOL_LIFE, Profile.SUPPORT, Profile.HEALTH, Profile.HEAD, Profile.ADMINISTRATIVE)


def items_of(context: Context, weeks: Weeks) -> dict[str, list[Item]]:
    """Everything of the school, by kind of name."""
    return {
        "group": [*_groups(context)],
        "subject": [*_subjects(context)],
        "teacher": [*_people(context)],
        "classroom": [
            Item(each.code, f"{each.code}, {each.label}" if each.label and each.label != each.code else each.code,
                 tuple(filter(None, (each.code, each.label))))
            for each in sorted(context.known.classrooms.values(), key=lambda each: each.code)
        ],
        "weeks": [
            Item(EVERY, _("Toutes les semaines")),
            Item(FIRST, _("Une semaine sur deux, à partir de la première")),
            Item(SECOND, _("Une semaine sur deux, à partir de la deuxième")),
            *(Item(code, _("Comme « %(code)s » de l’emploi du temps d’ici") % {"code": code}) for code in weeks.known
              if code not in (EVERY, FIRST, SECOND)),
        ],
    }  # fmt: skip


def _groups(context: Context) -> Iterable[Item]:
    codes = {code for code, each in context.known.groups.items() if each.ends_on is None} | context.coming.keys()
    for code in sorted(codes):
        label = context.group_label(code)
        yield Item(code, label if label == code else f"{label} ({code})", (code,))


def _subjects(context: Context) -> Iterable[Item]:
    known = context.known.subjects
    for code in sorted(known.keys() | context.coming_subjects, key=context.subject_label):
        held = known.get(code)
        codes = (code, held.short_code, held.short_label) if held else (code,)
        yield Item(code, context.subject_label(code), tuple(filter(None, codes)))


def _people(context: Context) -> Iterable[Item]:
    """Those who may teach: teachers first, then the others who work here."""
    met: set[int] = set()
    for profile in _TEACH:
        here = [person for (person, role), held in context.known.affiliations.items()
                if role == profile and (held.ends_on is None or held.ends_on >= context.today) and person not in met]  # fmt: skip
        met.update(here)
        for pk in sorted(here, key=lambda each: context.known.people[each].sort_key):
            who = context.known.people[pk]
            names = tuple(dict.fromkeys(filter(None, (who.usage_name, who.last_name))))
            yield Item(str(pk), who.display_name, (), names, who.first_name)
