"""Where a file displeases the schema of the ministry, in the words of a school: whose report, which subject, which screen."""

from typing import Any, cast

from django.utils.translation import gettext as _
from lxml import etree

from pupitre.integrations.lsu.checking import Screen
from pupitre.integrations.lsu.words import TITLES

_SCREENS = {
    "eleve": Screen.STUDENTS, "responsable": Screen.STUDENTS, "responsable-etab": Screen.STAFF,
    "enseignant": Screen.STAFF, "discipline": Screen.DISCIPLINES, "periode": Screen.DATES,
    "element-programme": Screen.APPRECIATIONS, "acquis": Screen.APPRECIATIONS, "acquis-conseils": Screen.SYNTHESES,
    "socle": Screen.SYNTHESES, "synthese": Screen.SYNTHESES, "bilan-cycle": Screen.SYNTHESES,
    "vie-scolaire": Screen.SCHOOL_LIFE, "devoirs-faits": Screen.SCHOOL_LIFE, "epi": Screen.PROJECTS,
    "epi-groupe": Screen.PROJECTS, "epi-eleve": Screen.PROJECTS, "acc-perso": Screen.PROJECTS,
    "acc-perso-groupe": Screen.PROJECTS, "acc-perso-eleve": Screen.PROJECTS, "parcours": Screen.PROJECTS,
    "bilan-periodique": Screen.STUDENTS,
}  # fmt: skip
_REPORTS = frozenset({"bilan-periodique", "bilan-cycle"})


def where(root: Any, path: str) -> str:
    """A sentence on the element at a path of a file: the student, the subject and its teachers, else who or what it is, and the
    screen to look at.
    """
    found = cast("list[Any]", root.xpath(path)) if path else []
    above = [found[0], *found[0].iterancestors()] if found else []
    by_id = {each.get("id"): each for each in root.iter() if each.get("id")}
    names = {etree.QName(each).localname: each for each in reversed(above)}
    name = next((etree.QName(each).localname for each in above if etree.QName(each).localname in _SCREENS), "")
    said = [_of(names, by_id), _subject(names, by_id), _itself(names.get(name))]
    about = ", ".join(dict.fromkeys(each for each in said if each))
    screen = TITLES[_SCREENS[name]][0] if name else ""
    facts = {"about": about, "screen": screen, "field": etree.QName(found[0]).localname if found else ""}
    if about and screen:
        return _("À revoir : %(about)s (%(screen)s, champ « %(field)s » du fichier).") % facts
    return _("Le champ « %(field)s » du fichier n’est pas celui qu’il attend : prévenez qui tient le serveur.") % facts


def _of(names: dict[str, Any], by_id: dict[str, Any]) -> str:
    """The student of a report."""
    report = next((names[each] for each in _REPORTS if each in names), None)
    return "" if report is None else _called(by_id.get(report.get("eleve-ref", "")))


def _subject(names: dict[str, Any], by_id: dict[str, Any]) -> str:
    """« Mathématiques de Hélène ROUSSEL » of a line."""
    line = names.get("acquis")
    if line is None:
        return ""
    subject = by_id.get(line.get("discipline-ref", ""))
    teachers = [_called(by_id.get(each)) for each in line.get("enseignant-refs", "").split()]
    label = "" if subject is None else subject.get("libelle", "")
    told = ", ".join(each for each in teachers if each)
    return _("%(subject)s de %(teachers)s") % {"subject": label, "teachers": told} if label and told else label or told


def _itself(element: Any) -> str:
    """Who or what an element is."""
    return "" if element is None else _called(element) or element.get("libelle", "") or element.get("intitule", "")


def _called(element: Any) -> str:
    """« Inès BELKACEM »."""
    if element is None:
        return ""
    first = element.get("prenom", "")
    return " ".join(each for each in (first, element.get("nom", "")) if each)
