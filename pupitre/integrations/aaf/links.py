"""What adults are to a student. Rights come from here: what is not certain gives none, and is told."""

from pupitre.integrations.aaf.requests import Values
from pupitre.integrations.exchange.records import LinkRecord
from pupitre.integrations.exchange.verdicts import Finding, Severity

_PARTS = 6
# Father and mother were swapped when relations went from one digit to two (SIECLE, 2018).
_OLD_RELATIONS = {"1": "20", "2": "10", "3": "50", "4": "39", "5": "51", "6": "90", "7": "70"}
_RELATIONS = frozenset({"10", "20", "37", "38", "39", "41", "42", "43", "50", "51", "70", "90"})
Read = tuple[list[LinkRecord], list[Finding], list[tuple[str, str]]]


def links_of(key: str, values: Values, label: str) -> Read:
    """The links of a student, the findings, and the (student, adult) of the links left aside.

    Before 2018 (relations of one digit), legal 2 is the second legal responsible; since, the person in charge.
    """
    links: dict[str, LinkRecord] = {}
    told: list[Finding] = []
    aside: list[tuple[str, str]] = []
    for written in values.get("ENTElevePersRelEleve", ()):
        parts = [part.strip() for part in written.split("$")]
        adult = parts[0][:60]
        if len(parts) < _PARTS or not adult:
            aside.append((key, adult))
            reason = (
                "Un lien avec un responsable est incomplet : il est laissé de côté. Faites-le corriger dans SIECLE."
            )
            told.append(Finding(Severity.QUARANTINE, "short_link", label, reason, old=written[:400]))
            continue
        if adult == key:  # an adult student, their own responsible
            continue
        link = _link(key, adult, parts)
        held = links.get(adult)
        if held is not None:
            reason = "Un responsable est écrit deux fois : les droits les plus forts sont gardés."
            told.append(Finding(Severity.REPAIR, "same_link", label, reason, old=written[:400]))
            link = _stronger(held, link)
        links[adult] = link
    if not links and "ENTElevePersRelEleve" not in values:
        links = _first_degree(key, values)
    return list(links.values()), told, aside


def _link(key: str, adult: str, parts: list[str]) -> LinkRecord:
    relation, legal = parts[1], parts[3]
    if len(relation) == 1:
        level = 1 if legal in ("1", "2") else 3
        relation = _OLD_RELATIONS.get(relation, "")
    else:
        level = {"1": 1, "2": 2}.get(legal, 3)
    return LinkRecord(
        key, adult, level, relation if relation in _RELATIONS else "",
        pays_fees=parts[2] == "1", contact_first=parts[4] == "1",
    )  # fmt: skip


def _stronger(one: LinkRecord, other: LinkRecord) -> LinkRecord:
    return LinkRecord(
        one.student, one.guardian, min(one.level, other.level), one.relation or other.relation,
        pays_fees=bool(one.pays_fees or other.pays_fees), contact_first=bool(one.contact_first or other.contact_first),
    )  # fmt: skip


def _first_degree(key: str, values: Values) -> dict[str, LinkRecord]:
    """First degree: those who have parental authority; what they are to the child is not said."""
    adults = (value.split("$")[0].strip()[:60] for value in values.get("ENTEleveAutoriteParentale", ()))
    return {adult: LinkRecord(key, adult, 1) for adult in adults if adult and adult != key}
