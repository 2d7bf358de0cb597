"""A teacher's year as pages and files, in one archive that leaves as it is made: readable without Pupitre."""

from collections.abc import Iterator
from itertools import groupby

from django.template.loader import render_to_string

from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.textbook.services.zipping import Archive, safe
from pupitre.textbook.text import to_page


def years_written(actor: Actor) -> list[int]:
    """The school years of which the actor wrote something, the last first; one statement."""
    rows = allowed(actor, "textbook.write_entry", TextbookEntry.objects.all())
    return sorted(set(rows.values_list("group__school_year__year", flat=True)), reverse=True)


def year_archive(actor: Actor, year: int) -> Archive:
    """A page a class and subject, with the files of sessions and work beside; private notes are left out (CDT-2)."""
    archive = Archive()
    rows = allowed(actor, "textbook.write_entry", TextbookEntry.objects.filter(group__school_year__year=year))
    rows = rows.select_related("course__subject", "group").order_by(
        "group__label", "course__subject__label", "held_on", "starts_at"
    )
    names: list[str] = []
    for label, entries in groupby(rows, _label):
        name = f"{safe(label)}.html"
        archive.add_text(name, _page(archive, label, list(entries)))
        names.append(name)
    archive.add_text("index.html", render_to_string("textbook/archive_index.html", {"year": year, "names": names}))
    return archive


def _label(entry: TextbookEntry) -> str:
    what = entry.course.subject.label if entry.course else entry.occasion
    return f"{entry.group.label} - {what}"


def _page(archive: Archive, label: str, entries: list[TextbookEntry]) -> str:
    works = list(Homework.objects.filter(entry__in=entries).order_by("due_on"))
    of_entries, of_works = files_of(entries), files_of(works)
    sessions = [
        {
            "entry": each,
            "html": to_page(each.body),
            "files": list(_kept(archive, label, of_entries[each.pk])),
            "works": [
                (work, to_page(work.details), list(_kept(archive, label, of_works[work.pk])))
                for work in works
                if work.entry_id == each.pk
            ],
        }
        for each in entries
    ]
    return render_to_string("textbook/archive.html", {"label": label, "sessions": sessions})


def _kept(archive: Archive, label: str, files: list[StoredFile]) -> Iterator[str]:
    for file in files:
        yield archive.add_file(safe(label), file)
