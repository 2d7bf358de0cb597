"""Rows on their way to the database: kept for one school, then sent by COPY, table after table."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

# In the order of their links. Every table but the stamps and the sessions begins with a number given here.
COLUMNS: dict[str, tuple[str, ...]] = {
    "establishments_establishment": (
        *("id", "uai", "name", "short_name", "town", "kind", "academy", "zone", "timezone", "half_day_cut"),
        "is_open",
    ),
    "establishments_schoolyear": ("id", "establishment_id", "year", "starts_on", "ends_on", "first_monday"),
    "accounts_user": (
        *("id", "password", "username", "display_name", "email", "state", "is_staff_account", "created_at"),
        "activated_at",
    ),
    "directory_person": (
        *("id", "last_name", "usage_name", "first_name", "display_name", "formal_name", "sort_key", "sex"),
        *("birth_date", "email", "mobile", "phone", "accepts_sms", "is_organisation", "user_id"),
    ),
    "directory_externalid": ("id", "person_id", "source", "namespace", "value"),
    "directory_affiliation": ("id", "person_id", "establishment_id", "profile", "function", "source", "starts_on"),
    "directory_student": (
        *("id", "establishment_id", "person_id", "ine", "mef", "status", "boarding_code", "entered_on"),
        "exit_reason",
    ),
    "directory_guardianship": (
        *("id", "establishment_id", "student_id", "guardian_id", "level", "relation", "pays_fees", "lodges"),
        *("contact_first", "is_restricted", "source", "starts_on"),
    ),
    "directory_subject": ("id", "establishment_id", "code", "short_code", "short_label", "label"),
    "directory_group": ("id", "establishment_id", "school_year_id", "kind", "code", "label"),
    "directory_membership": ("id", "establishment_id", "student_id", "group_id", "starts_on"),
    "directory_formteacher": ("id", "establishment_id", "group_id", "person_id", "starts_on"),
    "timetable_classroom": ("id", "establishment_id", "code", "label"),
    "timetable_course": ("id", "establishment_id", "group_id", "subject_id", "modality"),
    "timetable_courseteacher": ("id", "establishment_id", "course_id", "person_id", "starts_on"),
    "timetable_timetableslot": (
        *("id", "establishment_id", "course_id", "weekday", "starts_at", "ends_at", "weeks", "alternation"),
        *("classroom_id", "teacher_ids"),
    ),
    "textbook_homework": (
        *(
            "id",
            "establishment_id",
            "course_id",
            "group_id",
            "occasion",
            "key",
            "author_id",
            "given_on",
            "due_on",
            "change",
        ),
        *(
            "kind",
            "title",
            "details",
            "minutes",
            "mode",
            "external_url",
            "is_individual",
            "visible_at",
            "created_at",
            "saved_at",
        ),
    ),
    "establishments_term": ("id", "establishment_id", "school_year_id", "code", "label", "starts_on", "ends_on"),
    "gradebook_assessment": (
        *("id", "establishment_id", "course_id", "term_id", "title", "description", "held_on", "kind", "scale"),
        *("coefficient", "is_brought", "option", "student_sees_at", "guardian_sees_at", "is_locked", "created_at"),
    ),
    "gradebook_studentmark": (
        *("id", "establishment_id", "assessment_id", "student_id", "points", "annotation", "remark", "version"),
        "written_at",
    ),
    "accounts_session": (
        *("session_key", "session_data", "expire_date", "user_id", "device", "created_at", "last_seen_at"),
    ),
    "foundation_stamp": ("audience", "version"),
}


class Tables:
    """Numbers rows and sends them. The connection is the owner's: COPY is refused behind row-level security."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._rows: dict[str, list[Sequence[object]]] = {table: [] for table in COLUMNS}
        self._last = {table: self._highest(table) for table, columns in COLUMNS.items() if columns[0] == "id"}
        self.counts = dict.fromkeys(COLUMNS, 0)

    def add(self, table: str, *values: object) -> int:
        """One row more, without its number; the number it gets."""
        self._last[table] = number = self._last[table] + 1
        self._rows[table].append((number, *values))
        return number

    def add_plain(self, table: str, *values: object) -> None:
        """One row more of a table whose rows are not numbered."""
        self._rows[table].append(values)

    def send(self) -> None:
        """Copy what waits, in the transaction under way."""
        with self._connection.cursor() as cursor:
            for table, rows in self._rows.items():
                if not rows:
                    continue
                names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table]))
                with cursor.copy(sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), names)) as copy:
                    for row in rows:
                        copy.write_row(row)
                self.counts[table] += len(rows)
                rows.clear()

    def finish(self) -> None:
        """Let the tables go on numbering after our rows."""
        for table, last in self._last.items():
            if last:
                self._connection.execute("select setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])

    def _highest(self, table: str) -> int:
        found = self._connection.execute(
            sql.SQL("select coalesce(max(id), 0) from {}").format(sql.Identifier(table))
        ).fetchone()
        return int(found[0]) if found else 0
