"""News written, corrected, and sent where it goes: to be read over, or to those it is for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Person
from pupitre.directory.profiles import Profile
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.files.services.attaching import attach, detach
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.foundation.ui.french import in_paris
from pupitre.news.models import News, NewsTarget
from pupitre.news.queries.children import children_chosen
from pupitre.news.queries.reach import OF_A_CLASS, Reach, reach_of
from pupitre.news.refusals import Refusal

LONGEST = 20_000
"""Letters of a body."""
_CHOICES = range(2, 13)


@dataclass(frozen=True, slots=True)
class Words:
    """What is written. `picture_id`: a file that the author deposited, or the one already there."""

    title: str
    body: str
    summary: str = ""
    category: str = News.Category.LIFE
    picture_id: int | None = None
    picture_text: str = ""
    starts_at: dt.datetime | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer asked for."""

    answer: str = ""
    choices: Sequence[str] = ()
    is_anonymous: bool = False
    last_answer_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for: these profiles, of the whole school when no class and no child is named."""

    profiles: Sequence[str]
    groups: Sequence[int] = ()
    students: Sequence[int] = ()


@transaction.atomic
def write(
    *,
    words: Words,
    asked: Asked,
    audience: Audience,
    uploads: Sequence[int],
    actor: Actor,
    news: News | None = None,
) -> News:
    """Write a draft, or change one's news; whom it is for and what it asks no longer change once it is published.

    The caller has checked that the actor may write, or follow this news. Raises Refusal, and `files.refusals.Refusal`.
    """
    _check(words)
    row = news or News(
        author_id=actor.person_id,
        author_name=Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id),
        written_at=clock.now(),
    )
    was_picture = row.picture_id
    for each in fields(words):
        setattr(row, each.name, getattr(words, each.name))
    row.body = plain(words.body)
    is_open = row.state != News.State.PUBLISHED
    if is_open:
        _ask(row, asked)
    else:
        row.corrected_at = clock.now()
    row.save()
    if is_open:
        aim(row, audience, reach_of(actor))
    _attach(row, uploads, was_picture, actor)
    audit.record(actor, "news.write", row)
    return row


def _check(words: Words) -> None:
    if len(words.body) > LONGEST:
        raise Refusal(_("Le texte est trop long : 20 000 lettres au plus. Joignez plutôt un document."))
    if words.picture_id and not words.picture_text.strip():
        raise Refusal(_("Dites en quelques mots ce que montre l’image : certaines personnes ne la voient pas."))
    first = in_paris(words.starts_at).date() if words.starts_at else clock.today()
    if words.ends_on and words.ends_on < first:
        raise Refusal(_("Le dernier jour vient avant le premier. Changez l’une des deux dates."))


def _ask(row: News, asked: Asked) -> None:
    choices = list(dict.fromkeys(text.strip()[:120] for text in asked.choices if text.strip()))
    is_choice = asked.answer in (News.Answer.ONE, News.Answer.SEVERAL)
    if is_choice and len(choices) not in _CHOICES:
        raise Refusal(_("Un choix se fait entre deux et douze réponses, une par ligne."))
    if asked.answer and asked.last_answer_on and asked.last_answer_on < clock.today():
        raise Refusal(_("Le dernier jour pour répondre est passé : choisissez un jour à venir."))
    if asked.answer and asked.last_answer_on and row.ends_on and asked.last_answer_on > row.ends_on:
        raise Refusal(_("On répond tant que l’actualité est affichée : rapprochez le dernier jour pour répondre."))
    row.answer = asked.answer
    row.choices = choices if is_choice else []
    # « J’ai lu » says who has read: it cannot be anonymous.
    row.is_anonymous = asked.is_anonymous and asked.answer not in ("", News.Answer.ACKNOWLEDGE)
    row.last_answer_on = asked.last_answer_on if asked.answer else None


def aim(row: News, audience: Audience, reach: Reach) -> None:
    """Say whom it is for, never wider than the author reaches. Raises Refusal."""
    profiles = [Profile(each) for each in audience.profiles if each in Profile.values]
    if not profiles:
        raise Refusal(_("Choisissez à qui s’adresse l’actualité : élèves, responsables, professeurs…"))
    far = [each for each in profiles if each not in reach.profiles]
    if far:
        text = _("Vous ne pouvez pas écrire à tout un établissement : retirez « %(name)s ».")
        raise Refusal(text % {"name": far[0].label})
    reached = {each.pk for each in reach.groups}
    if not set(audience.groups) <= reached:
        raise Refusal(_("Une classe choisie n’est pas l’une des vôtres, ou n’existe plus : retirez-la."))
    students = [each.pk for each in children_chosen(audience.students, reach)]
    if len(students) < len(set(audience.students)):
        raise Refusal(_("Un élève choisi n’est pas dans l’une de vos classes : retirez-le."))
    if not (audience.groups or students) and not reach.is_whole:
        raise Refusal(
            _("Choisissez une classe ou un élève : vous publiez pour les vôtres, pas pour tout l’établissement.")
        )
    NewsTarget.objects.filter(news=row).delete()
    NewsTarget.objects.bulk_create(_targets(row, profiles, audience.groups, students))


def _targets(
    row: News, profiles: Sequence[Profile], groups: Sequence[int], students: Sequence[int]
) -> list[NewsTarget]:
    narrow = bool(groups or students)
    made = []
    for profile in profiles:
        if not narrow or profile not in OF_A_CLASS:
            made.append(NewsTarget(establishment_id=row.establishment_id, news=row, profile=profile))
            continue
        for group, student in [*((pk, None) for pk in groups), *((None, pk) for pk in students)]:
            made.append(
                NewsTarget(
                    establishment_id=row.establishment_id, news=row, profile=profile, group_id=group, student_id=student
                )
            )
    return made


def _attach(row: News, uploads: Sequence[int], was_picture: int | None, actor: Actor) -> None:
    """What is ticked stays or comes; what is no longer ticked goes, the former picture too."""
    wanted = [*([row.picture_id] if row.picture_id else []), *uploads]
    there: list[StoredFile] = files_of([row])[row.pk]
    for file in there:
        if file.pk not in wanted and (file.owner_id == actor.person_id or file.pk == was_picture):
            detach(file=file, target=row)
    held = {file.pk for file in there}
    attach(upload_ids=[pk for pk in wanted if pk not in held], target=row, actor=actor)
