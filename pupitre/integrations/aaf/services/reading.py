"""Reading an archive: what it is, what it says, and what that changes in what the academy said before."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.db import transaction

from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.members import members
from pupitre.integrations.aaf.models import Batch, Feed, Record
from pupitre.integrations.aaf.requests import DELETE, MODIFY, Header, Request, Told, header_of, is_aaf, requests
from pupitre.integrations.aaf.staging import Outcome, Staging, decode, merge
from pupitre.integrations.aaf.words import ORPHANS, category_label
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity

State = Batch.State
_NAMED = re.compile(r"_(complet|delta)_(\d{8})_", re.IGNORECASE)
_MOST = 50  # findings of one kind
Tell = Callable[[str], None]


def digest_of(path: Path) -> str:
    """SHA-256 of an archive, or of the files of a folder."""
    seen = hashlib.sha256()
    for each in sorted(path.iterdir()) if path.is_dir() else [path]:
        if each.is_file():
            with each.open("rb") as stream:
                while chunk := stream.read(1 << 20):
                    seen.update(chunk)
    return seen.hexdigest()


def read_batch(batch: Batch, path: Path, *, academy: str = "", tell: Tell | None = None) -> Batch:
    """Read an archive whole, in one transaction: damaged, it has changed nothing. Raises Rejected.

    `academy`: that of an archive which does not say it.
    """
    batch.digest = digest_of(path)
    with transaction.atomic():
        # One archive at a time: the second one is compared with what the first one said.
        reader = _Reader(tell or (lambda _line: None), academy or batch.academy)
        reader.read(path)
        feed = _feed(reader)
        _check(batch, reader, feed)
        outcome = reader.merged(feed)
        _note(batch, reader, feed, outcome)
    return batch


class _Reader:
    """One archive under way: its requests go to the staging table as they come."""

    def __init__(self, tell: Tell, academy: str) -> None:
        self.tell, self.told, self.academy = tell, Told(), academy
        self.headers: list[Header] = []
        self.says_complete: set[bool] = set()
        self.named_on: dt.date | None = None
        self.modifies = False
        self.is_first_degree = False
        self.codes: set[str] = set()
        self.others: list[str] = []
        self.staging = Staging(lambda: _feed(self).pk)

    def read(self, path: Path) -> None:
        for member in members(path):
            if not is_aaf(member.stream):
                if not member.name.lower().endswith(".dtd"):
                    self.others.append(member.name)
                continue
            self.tell(f"Lecture de « {member.name} »")
            self._name(member.name)
            self.headers.append(header_of(member.stream))
            self.staging.take(self._seen(member.stream, member.name))
        if not self.headers:
            raise Rejected(_not_aaf(self.others))

    def _name(self, name: str) -> None:
        if found := _NAMED.search(name):
            self.says_complete.add(found[1].lower() == "complet")
            day = found[2]
            try:
                self.named_on = dt.date(int(day[:4]), int(day[4:6]), int(day[6:]))
            except ValueError:
                self.named_on = None

    def _seen(self, stream: IO[bytes], name: str) -> Iterator[Request]:
        for request in requests(stream, name, self.told):
            self.modifies = self.modifies or request.action in (MODIFY, DELETE)
            if request.category is Category.SCHOOL:
                self._school(request)
            elif request.category is Category.STUDENT and "ENTPersonClasses" in request.values:
                self.is_first_degree = True
            yield request

    def _school(self, request: Request) -> None:
        code = (request.values.get("ENTServAcCodeAcademie") or [""])[0]
        if code.isdigit():
            self.codes.add(str(int(code)))

    @property
    def is_complete(self) -> bool:
        """A complete says so in the names of all its files, and asks for no change: else nobody is taken for gone."""
        return self.says_complete == {True} and not self.modifies

    @property
    def produced_on(self) -> dt.date | None:
        days = [each.produced_on for each in self.headers if each.produced_on]
        return max(days) if days else self.named_on

    def merged(self, feed: Feed) -> Outcome:
        self.tell("Comparaison avec ce que l’académie avait dit")
        today = clock.today()
        leave_on = today + dt.timedelta(days=feed.grace_days)
        return merge(feed.pk, is_complete=self.is_complete, today=today, leave_on=leave_on)


def _feed(reader: _Reader) -> Feed:
    said = {each.academy for each in reader.headers if each.academy}
    if len(said) > 1:
        raise Rejected("Cette archive mêle les fichiers de plusieurs académies. Déposez-les académie par académie.")
    if not said and len(reader.codes) == 1:
        said = reader.codes
    found = next(iter(said), "") or reader.academy
    if not found:
        raise Rejected("Cette archive ne dit pas de quelle académie elle vient. Précisez le code de l’académie.")
    degrees = {each.degree for each in reader.headers if each.degree in ("1D", "2D")}
    degree = next(iter(degrees)) if len(degrees) == 1 else "1D" if reader.is_first_degree else "2D"
    feed, _created = Feed.objects.select_for_update().get_or_create(academy=found, degree=degree)
    return feed


def _check(batch: Batch, reader: _Reader, feed: Feed) -> None:
    """The newest first. Raises Rejected for an archive older than what is known, or a change to an academy never heard."""
    if batch.academy and batch.academy != feed.academy:
        raise Rejected(
            f"Cette archive est celle de l’académie {feed.academy}, et non de l’académie {batch.academy}. "
            "Déposez-la depuis un établissement de cette académie."
        )
    day, last = reader.produced_on, feed.newest_on
    read = Batch.objects.filter(feed=feed).exclude(state=State.REJECTED)
    again = read.filter(digest=batch.digest).order_by("-pk").first()
    if again is not None and read.filter(pk__gt=again.pk).exists():
        raise Rejected("Cette archive a déjà été lue, et une autre depuis : rien à changer.")
    if again is None and day is not None and last is not None and day < last:
        raise Rejected(
            f"Cette archive date du {day:%d/%m/%Y} ; une autre, du {last:%d/%m/%Y}, a déjà été lue. "
            "Demandez une archive plus récente."
        )
    if reader.modifies and feed.complete_on is None:
        raise Rejected("Cette archive ne contient que des changements. Déposez d’abord une archive complète.")


def _note(batch: Batch, reader: _Reader, feed: Feed, outcome: Outcome) -> None:
    day = reader.produced_on or clock.today()
    feed.newest_on = max(feed.newest_on or day, day)
    if reader.is_complete:
        feed.complete_on = day
    feed.save(update_fields=["newest_on", "complete_on"])
    batch.feed, batch.academy, batch.is_complete, batch.produced_on = feed, feed.academy, reader.is_complete, day
    batch.counts = outcome.counts
    batch.findings = [
        {"severity": int(each.severity), "code": each.code, "record": each.record, "reason": each.reason}
        for each in _findings(reader, feed, outcome)
    ]
    batch.state, batch.alive_at = State.COMPARING, clock.now()
    batch.save()


def _findings(reader: _Reader, feed: Feed, outcome: Outcome) -> list[Finding]:
    told, notice = reader.told, Severity.NOTICE
    found = list(told.findings)
    for name, times in told.unknown.most_common(_MOST):
        found.append(Finding(notice, "unknown_attribute", name,
                             f"Cet attribut n’est pas connu : il est laissé de côté ({times} fois)."))  # fmt: skip
    for name, times in told.strangers.most_common(_MOST):
        found.append(Finding(notice, "unknown_category", name,
                             f"Cette catégorie n’est pas connue : ses demandes sont laissées de côté ({times})."))  # fmt: skip
    if told.nameless:
        found.append(Finding(Severity.QUARANTINE, "no_key", f"{told.nameless} demande(s)",
                             "Elles ne disent pas de qui elles parlent : elles sont laissées de côté."))  # fmt: skip
    for number, key in outcome.doubles:
        found.append(Finding(Severity.REPAIR, "same_id", f"{category_label(number)} n° {key}",
                             "Cette fiche est écrite plusieurs fois : la dernière est gardée."))  # fmt: skip
    nobody = "Cette archive complète n’en contient aucune fiche : personne n’y est compté comme parti."
    found += [Finding(notice, "lacking", category_label(number), nobody) for number in outcome.unspoken]
    for action, category, key in reader.staging.orphans[:_MOST]:
        found.append(
            Finding(Severity.QUARANTINE, "unknown_id", f"{category_label(category)} n° {key}", ORPHANS[action])
        )
    if not reader.says_complete:
        neither = "Le nom de ses fichiers ne dit ni « Complet » ni « Delta » : personne n’est compté comme parti."
        found.append(Finding(notice, "no_kind", "Toute l’archive", neither))
    if reader.says_complete == {True} and reader.modifies:
        found.append(Finding(Severity.REPAIR, "complete_modifies", "Toute l’archive",
                             "Elle se dit complète et demande des changements : personne n’est compté comme parti."))  # fmt: skip
    for name in reader.others[:_MOST]:
        found.append(Finding(notice, "other_file", name, "Ce fichier n’est pas de l’AAF : il est laissé de côté."))
    if reader.produced_on is None:
        found.append(
            Finding(notice, "no_date", "Toute l’archive", "Elle ne dit pas sa date : elle est tenue pour du jour.")
        )
    return [*found, *_unknown_schools(feed)]


def _unknown_schools(feed: Feed) -> list[Finding]:
    """Schools of the academy that are not open here, told once together."""
    values = (
        decode(data)
        for data in Record.objects.filter(feed=feed, category=Category.SCHOOL, gone_on=None).values_list(
            "data", flat=True
        )
    )
    codes = {uai.upper() for each in values if (uai := (each.get("ENTStructureUAI") or [""])[0])}
    missing = len(codes) - Establishment.objects.filter(uai__in=codes).count()
    if not missing:
        return []
    return [Finding(Severity.NOTICE, "unopened", f"{missing} établissement(s)",
                    "Ils ne sont pas ouverts ici : ce que l’archive en dit attend qu’ils le soient.")]  # fmt: skip


def _not_aaf(others: list[str]) -> str:
    named = f" (reçu : « {others[0]} »)" if others else ""
    return f"Ce n’est pas une archive de l’AAF{named}. Déposez l’archive de l’académie telle qu’elle est envoyée, .tgz ou .zip."
