"""The outcome of an import for whoever typed the command."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import ImportJob, Verdict

_COUNTS = {
    "students": "élèves", "divisions": "classes", "groups": "groupes", "guardians": "responsables",
    "links": "liens de responsabilité", "staff": "personnels", "subjects": "matières", "programmes": "formations",
    "terms": "périodes", "closures": "fermetures", "courses": "enseignements", "lessons": "cours de la semaine",
}  # fmt: skip
_MOST = 200  # lines of each list: --json gives them all


def told(outcome: dict[str, Any]) -> Iterator[str]:
    """The lines of a report."""
    state = "" if outcome["state"] != ImportJob.State.APPLIED else " — appliqué"
    yield f"{Verdict(outcome['verdict']).label} — {outcome.get('uai', '')}".rstrip(" —") + state
    yield from (f"  ! {reason}" for reason in outcome["reasons"])
    yield from _counted("Lu dans les fichiers", {_COUNTS.get(name, name): n for name, n in outcome["counts"].items()})
    by_kind = Counter(str(Kind(each["kind"]).label) for each in outcome["differences"])
    if outcome["verdict"] != Verdict.REJECT:
        yield from _counted("Différences" if by_kind else "Aucune différence", by_kind)
    yield from _listed("Mis de côté", outcome["quarantined"])
    yield from _listed("À savoir", outcome["warnings"])


def _counted(title: str, counts: dict[str, int]) -> Iterator[str]:
    if counts or title.startswith("Aucune"):
        yield title
    yield from (f"  {count:>6}  {name}" for name, count in counts.items())


def _listed(title: str, entries: list[dict[str, str]]) -> Iterator[str]:
    if entries:
        yield f"{title} ({len(entries)})"
    yield from (f"  - {each['record']} : {each['reason']}" for each in entries[:_MOST])
    if len(entries) > _MOST:
        yield f"  … et {len(entries) - _MOST} de plus, que --json donne toutes."
