"""Registers made before the lessons they are of: a few statements for a whole school, however often it is done."""

import datetime as dt
from typing import Any

from django.db import connection

from pupitre.attendance.sql import FOLLOW, FORGET, PREPARE
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import clock


def prepare_registers(day: dt.date) -> int:
    """Make the registers of a day in the open school, or bring those not taken yet up to date; four statements.

    Returns how many were made or changed: none the second time. What was taken, or begun, is never removed.
    """
    parameters: dict[str, Any] = {"school": current_establishment_id(), "day": day}
    with connection.cursor() as cursor:
        # Two preparations at once would each see the other's lessons as new.
        cursor.execute("select pg_advisory_xact_lock(hashtext('attendance.prepare'), %(school)s::int)", parameters)
        cursor.execute(FOLLOW, parameters)
        cursor.execute(FORGET, parameters)
        cursor.execute(PREPARE, parameters)
        return cursor.rowcount


def prepare_everywhere(*days: dt.date) -> dict[str, int]:
    """Make the registers of these days in every open school, each in its own transaction; how many, by UAI."""
    made = {}
    for pk, uai in Establishment.objects.filter(is_open=True).values_list("pk", "uai"):
        with scope(pk):
            made[uai] = sum(prepare_registers(day) for day in days)
    return made


def days_to_prepare() -> tuple[dt.date, dt.date]:
    """Today, and tomorrow: a night that the job missed does not empty the morning."""
    today = clock.today()
    return today, today + dt.timedelta(days=1)
