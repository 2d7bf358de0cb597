"""Reading what PRONOTE answers (« accueil ENT », version 1.03): XML from outside, bounded, without a DTD, in one namespace.

Unknown elements are passed over: which blocks come depends on the rights that the school set in PRONOTE.
"""

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from pupitre.foundation.small_xml import UnreadableXml, parsed
from pupitre.integrations.pronote.records import Answer, Event, Mark, Page, Pupil, Skill, Work

NAMESPACE = "http://www.index-education.com/accueilENT"
LARGEST = 1024 * 1024
_ELEMENTS, _TEXT, _ROWS = 20_000, 20_000, 60
_BLOCKS = ("PageReleveDeNotes", "PageCahierDeTextes", "PageVieScolaire", "PageCompetences", "PageMessagerie")
_EVENTS = ("Absence", "Retard", "PassageInfirmerie", "Punition", "Sanction", "Observation")
_WORDS = ("Nature", "Duree", "Matiere", "Motif", "Circonstances", "Demandeur", "Observation")
_PAGE = re.compile(r"[A-Za-z0-9_-]{1,512}")
_FRENCH = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


class Unreadable(ValueError):
    """Not an answer of PRONOTE: another language (HTML), too large, cut, or dangerous."""


class Unknown(Unreadable):
    """An answer of PRONOTE that is neither of a pupil nor of a guardian."""


def read_answer(body: bytes) -> Answer:
    """The answer in records. Raises Unreadable, or Unknown."""
    root = _parsed(body)
    if root.tag not in (_tag("Eleve"), _tag("Parent")):
        raise Unknown(str(root.tag)[:80]) if str(root.tag).startswith(_tag("")) else Unreadable("root")
    answer = Answer(is_guardian=root.tag == _tag("Parent"))
    answer.pupils = [_pupil(each) for each in (root.iterchildren(_tag("Eleve")) if answer.is_guardian else [root])]
    answer.pages = _pages(root) if answer.is_guardian else []
    box = root.find(_tag("PageMessagerie"))
    if box is not None:
        talks, news = box.find(_tag("Discussions")), box.find(_tag("Informations"))
        answer.messages, answer.messages_page = _count(talks, "NombreMessagesNonLus"), _page(talks)
        answer.informations, answer.informations_page = _count(news, "NombreInformationsNonLus"), _page(news)
    return answer


def _parsed(body: bytes) -> etree._Element:
    try:
        return parsed(body, largest=LARGEST, most_elements=_ELEMENTS, longest_text=_TEXT)
    except UnreadableXml as no:
        raise Unreadable(str(no)) from None


def _pupil(element: etree._Element) -> Pupil:
    pupil = Pupil(last_name=_text(element, "Nom"), first_name=_text(element, "Prenom"), pages=_pages(element))
    for name in _BLOCKS:
        block = element.find(_tag(name))
        if block is not None:
            pupil.titles[name] = _text(block, "Titre")[:80]
    pupil.notice = _text(element, "PageReleveDeNotes/Message")[:300]
    pupil.marks = [_mark(each) for each in _rows(element, "PageReleveDeNotes", "Devoir")]
    for lesson in _rows(element, "PageCahierDeTextes", "CahierDeTextes"):
        subject, on = _text(lesson, "Matiere"), _date(_text(lesson, "Date"))
        pupil.to_do += [
            _work(each, subject, _date(_text(each, "PourLe"))) for each in lesson.iter(_tag("TravailAFaire"))
        ]
        pupil.done += [_work(each, subject, on) for each in lesson.iter(_tag("ContenuDeCours"))]
    pupil.events = [_event(each) for kind in _EVENTS for each in _rows(element, "PageVieScolaire", kind)]
    pupil.skills = [
        _skill(each) for kind in ("Evaluation", "Item", "Domaine") for each in _rows(element, "PageCompetences", kind)
    ]
    return pupil


def _rows(element: etree._Element, block: str, name: str) -> Iterator[etree._Element]:
    found = element.find(_tag(block))
    rows = found.iterchildren(_tag(name)) if found is not None else iter(())
    yield from (each for each, _place in zip(rows, range(_ROWS), strict=False))


def _mark(element: etree._Element) -> Mark:
    return Mark(
        value=_text(element, "Note")[:40],
        scale=_text(element, "Bareme")[:10],
        subject=_text(element, "Matiere")[:100],
        on=_date(_text(element, "Date")),
        page=_page(element),
    )


def _work(element: etree._Element, subject: str, on: dt.date | None) -> Work:
    title = " : ".join(filter(None, (_text(element, "Categorie")[:80], _text(element, "Titre")[:120])))
    files = tuple(each.text.rpartition("/")[2][:120] for each in element.iterchildren(_tag("PieceJointe")) if each.text)
    sites = tuple(each.text.strip() for each in element.iterchildren(_tag("SiteInternet")) if each.text)
    return Work(subject[:100], on, title, _text(element, "Descriptif"), files[:10], sites[:10], _page(element))


def _event(element: etree._Element) -> Event:
    words = tuple(filter(None, (_text(element, name)[:200] for name in _WORDS)))
    return Event(
        kind=etree.QName(element).localname,
        starts_at=_instant(_text(element, "DateDebut") or _text(element, "Date")),
        ends_at=_instant(_text(element, "DateFin")),
        is_open=_truth(_text(element, "EstOuverte")) or False,
        is_justified=_truth(_text(element, "Justifie")),
        words=words,
        page=_page(element),
    )


def _skill(element: etree._Element) -> Skill:
    name = _text(element, "Item") or _text(element, "Competence") or _text(element, "Intitule")
    level = _text(element, "NiveauDAcquisition/Libelle") or _text(element, "NiveauDAcquisition/Genre")
    return Skill(name[:200], _text(element, "Matiere")[:100], level[:60], _date(_text(element, "Date")))


def _pages(element: etree._Element) -> list[Page]:
    found = [(str(each.get("nom", ""))[:80], _page(each)) for each in element.iterchildren(_tag("PagePronote"))]
    return [Page(name, page) for name, page in found if name and page][:20]


def _count(element: etree._Element | None, name: str) -> int | None:
    text = _text(element, name) if element is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _page(element: etree._Element | None) -> str:
    """The key of a page: letters and figures, else none. It goes in an address of PRONOTE."""
    text = element.get("page", "") if element is not None else ""
    return text if _PAGE.fullmatch(text) else ""


def _text(element: etree._Element, path: str) -> str:
    found = element.findtext("/".join(map(_tag, path.split("/")))) or ""
    return " ".join(found.split()) if "<" not in found else found.strip()


def _date(text: str) -> dt.date | None:
    found = _instant(text)
    return found.date() if found else None


def _instant(text: str) -> dt.datetime | None:
    """« 2026-03-26 », « 2026-03-26T09:00:00 » or « 26/03/2026 », as the clock of the school says it."""
    french = _FRENCH.fullmatch(text)
    try:
        return dt.datetime.fromisoformat("-".join(reversed(french.groups())) if french else text).replace(tzinfo=None)
    except ValueError:
        return None


def _truth(text: str) -> bool | None:
    return {"true": True, "1": True, "oui": True, "false": False, "0": False, "non": False}.get(text.lower())


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
