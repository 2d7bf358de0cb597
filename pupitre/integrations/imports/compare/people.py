"""Somebody known, as a file tells them now: names, ways to be reached, identifiers."""

from django.utils.translation import gettext as _

from pupitre.integrations.exchange.records import Identity
from pupitre.integrations.exchange.text import is_suspicious
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.wording import field_label, text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import changed_contact, changed_identity, outside_id, update_person
from pupitre.integrations.imports.matching import ids_to_add
from pupitre.integrations.imports.plan import Change


def compare_person(context: Context, person_id: int, who: Identity, *, key: str, label: str, reason: str = "") -> None:
    """Changes of names, birth date and contact, one by one, and new identifiers (told with `reason`).

    What was corrected here by hand since the last import, or is said by another school where the person is too, is a
    conflict: nothing replaces it unless a human says so.
    """
    person, only_missing = context.known.people[person_id], context.is_better_known(person_id)
    written, is_shared = context.known.written.get(person_id, {}), person_id in context.known.shared
    _tell_lost_letters(context, who, label)
    for kind, changed in (
        (Kind.CHANGED_IDENTITY, changed_identity(person, who, source=context.source, only_missing=only_missing)),
        (Kind.CHANGED_CONTACT, changed_contact(person, who, only_missing=only_missing)),
    ):
        for name, (old, new) in changed.items():
            is_conflict = written[name] != old if name in written else is_shared and old not in ("", None)
            context.plan.changes.append(
                Change(f"{key}:{name}", kind, label, [update_person(person, name, new)], field_label(name), text(old), text(new),
                       str(_("Modifié depuis le dernier import, ici ou dans un autre établissement : à vous de choisir."))
                       if is_conflict else "", proposed=not is_conflict)
            )  # fmt: skip
    if new_ids := ids_to_add(context.known, person_id, who):
        context.plan.changes.append(
            Change(f"{key}:ids", Kind.CHANGED_ID, label, [outside_id(person_id, each) for each in new_ids],
                   str(_("Identifiant")), new=", ".join(each.value for each in new_ids), reason=reason)
        )  # fmt: skip


def _tell_lost_letters(context: Context, who: Identity, label: str) -> None:
    """SIECLE’s reader has told already, for new people too."""
    names = (who.last_name, who.usage_name, who.first_name)
    if context.source != "siecle" and any(is_suspicious(name) for name in names):
        context.plan.find(
            Severity.NOTICE, "lost_letters", label,
            _("Des lettres de ce nom ont été perdues en route : le nom déjà connu est gardé. Corrigez-le dans le fichier."),
        )  # fmt: skip
