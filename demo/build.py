"""The demonstration, built as a real one would be: schools opened, their files imported, a few roles given by hand."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from demo.accounts import hire_office, open_accounts
from demo.agenda import fill_agenda
from demo.applications import open_applications
from demo.attendance import fill_attendance
from demo.booking import book_rooms
from demo.councils import prepare_councils
from demo.directory import receive_directory
from demo.discipline import fill_discipline
from demo.gar import prepare_resources, show_a_provider
from demo.gradebook import fill_marks
from demo.identifiers import ACADEMY, COLLEGE, EMPTY_COLLEGE, LYCEE
from demo.lessons import fill_lessons
from demo.lsu import send_booklets
from demo.meetings import hold_evenings
from demo.messages import write_messages
from demo.model import Region, School
from demo.news import write_news
from demo.oneroster import give_classes
from demo.past_marks import take_over_the_past
from demo.pathway import fill_pathway
from demo.portraits import take_portraits
from demo.region import demo_region
from demo.reportcards import fill_bulletins
from demo.school_life import fill_school_life
from demo.schools import EMPTY_NAME, TOWN
from demo.services import connect_services
from demo.takeover import take_over_the_autumn
from demo.textbook import fill_textbook
from demo.tools import place_tools
from demo.trials import write_trials
from demo.writers.region import write_region
from pupitre.establishments.models import Establishment
from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.foundation.ui.french import number
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.services.gesture import import_files


class NotBuilt(RuntimeError):
    """An import of the demonstration was not applied; holds what the importer answered."""


def build_region(progress: Callable[[str], None]) -> None:
    """Open the demo schools, write their national files in the state folder, import them, open the cast's accounts.

    `progress` is told each step, in French. Raises NotBuilt.
    """
    region = demo_region(clock.today())
    folder = files_folder()
    shutil.rmtree(folder, ignore_errors=True)
    students = sum(len(life.students) for life in region.schools)
    progress(f"{number(students)} élèves, leurs familles et leurs professeurs, écrits dans {folder}")
    at = timezone.localtime(clock.now()).replace(tzinfo=None, microsecond=0)
    files = write_region(folder, region, at)
    write_trials(folder, region, at)
    schools = open_schools(region)
    for uai, paths in files.items():
        progress(f"{schools[uai].name} : {len(paths)} fichiers à importer")
        _import(schools[uai], paths)
    progress("Les comptes s’ouvrent")
    hire_office(schools)
    open_accounts()
    progress("Les appels et les absences se remplissent")
    fill_attendance(schools[COLLEGE])
    take_portraits(schools[COLLEGE])
    take_over_the_autumn(schools[COLLEGE])
    progress("Les punitions et les incidents se racontent")
    fill_discipline(schools[COLLEGE])
    fill_school_life(schools[COLLEGE])
    progress("Le cahier de textes se remplit")
    fill_textbook(schools[COLLEGE])
    progress("Les notes du premier trimestre se saisissent")
    fill_marks(schools[COLLEGE])
    take_over_the_past(schools[COLLEGE])
    progress("Les bulletins du premier trimestre s’écrivent")
    fill_bulletins(schools[COLLEGE])
    fill_pathway(schools[COLLEGE])
    progress("Des cours changent cette semaine")
    fill_lessons(schools[COLLEGE])
    progress("Les actualités se publient")
    write_news(schools)
    progress("Les services extérieurs se raccordent")
    connect_services(schools)
    place_tools(schools[COLLEGE])
    open_applications(schools[COLLEGE])
    receive_directory(folder)
    prepare_resources(schools)
    give_classes(schools[COLLEGE])
    show_a_provider()
    progress("L’agenda se remplit")
    fill_agenda(schools, COLLEGE, LYCEE)
    progress("Le conseil de la 4e B se prépare")
    prepare_councils(schools[COLLEGE])
    send_booklets(schools[COLLEGE])
    progress("Les rencontres entre parents et professeurs se préparent")
    hold_evenings(schools)
    progress("Des salles et du matériel se réservent")
    book_rooms(schools[COLLEGE])


def write_letters(progress: Callable[[str], None]) -> None:
    """Write the messages of the region once it is committed: the database then knows the size of its tables."""
    progress("Les messages s’écrivent")
    write_messages({school.uai: school for school in Establishment.objects.all()})


def files_folder() -> Path:
    """Where the files of the demonstration are kept, beside its database."""
    return Path(settings.STATE) / "demo-files"


def open_schools(region: Region) -> dict[str, Establishment]:
    """The schools of the region, and an empty one where to try an import; by UAI."""
    opened = [_open(life.school) for life in region.schools]
    opened.append(open_establishment(uai=EMPTY_COLLEGE, name=EMPTY_NAME, kind="college", town=TOWN, academy=ACADEMY))
    return {school.uai: school for school in opened}


def _open(school: School) -> Establishment:
    return open_establishment(
        uai=school.uai,
        name=school.name,
        short_name=school.short_name,
        kind=school.kind,
        town=school.town,
        academy=ACADEMY,
    )


def _import(school: Establishment, paths: list[Path]) -> None:
    # People known in two schools (same names, same mail) were invented as one: the proposal to join them is accepted.
    job = import_files(establishment=school, paths=paths, apply=True, confirmed=True, same_people=True)
    if job.state != ImportJob.State.APPLIED:
        raise NotBuilt(f"{school.uai}: {job.state} {job.reasons}")
