"""The jobs of this room. Each does what is due and nothing else: lost or come twice, it changes nothing."""

from procrastinate.contrib.django import app

from pupitre.attendance.services.nightly import recount_school
from pupitre.attendance.services.preparing import days_to_prepare, prepare_everywhere
from pupitre.attendance.services.registers import remind_missing
from pupitre.attendance.services.ruling import RECOUNT
from pupitre.attendance.services.telling import JOB, tell_due
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope


@app.task(name=JOB)
def tell_families(establishment_id: int) -> None:
    """Tell the families of a school that are due by now."""
    tell_due(establishment_id)


@app.task(name=RECOUNT)
def recount(establishment_id: int) -> None:
    """Count the year of a school again, whose rules changed."""
    with scope(establishment_id):
        recount_school(establishment_id, rules_changed=True)


@app.periodic(cron="15,45 4,6-19 * * *")
@app.task(name="attendance.prepare_registers")
def prepare(timestamp: int) -> None:
    """Make the registers of today and tomorrow, before the hour (ATT-7)."""
    prepare_everywhere(*days_to_prepare())


@app.periodic(cron="*/5 7-18 * * 1-6")
@app.task(name="attendance.remind_missing")
def remind(timestamp: int) -> None:
    """Remind the teachers whose register is not taken a quarter of an hour after the lesson began (ATT-7)."""
    for pk in Establishment.objects.filter(is_open=True).values_list("pk", flat=True):
        with scope(pk):
            remind_missing()
