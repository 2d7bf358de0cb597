"""Who works with a group of students, told by the rooms that know it: rooms side by side cannot ask one another.

A source is a select giving (group_id, person_id) in the school `%(school)s` on the day `%(today)s`, without grouping.
"""

_FORM_TEACHERS = """select f.group_id, f.person_id from directory_formteacher f
  where f.establishment_id = %(school)s and %(today)s between f.starts_on and coalesce(f.ends_on, 'infinity')"""

_sources = {"directory.form_teachers": _FORM_TEACHERS}


def tell_group_staff(key: str, sql: str) -> None:
    """Offer a source, `room.name`. Raises RuntimeError when the key is offered twice."""
    if key in _sources:
        raise RuntimeError(f"{key} is offered twice")
    _sources[key] = sql


def group_staff_sql() -> str:
    """A select giving (group_id, person_id), each pair once: form teachers, and whatever rooms above know."""
    return " union ".join(_sources[key] for key in sorted(_sources))
