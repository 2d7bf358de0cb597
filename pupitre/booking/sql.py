"""The lessons held in rooms on some days, after what single days changed; one statement whatever the number of days."""

from pupitre.timetable.dated import LATEST, dated

LESSONS_IN_ROOMS = f"""
select s.classroom_id, s.on_day, s.starts_at, s.ends_at, j.label, g.label
from unnest(%(days)s::date[]) d(day)
join establishments_schoolyear y on y.establishment_id = %(school)s and d.day between y.starts_on and y.ends_on
join directory_group g on g.establishment_id = %(school)s and g.school_year_id = y.id
join timetable_course c on c.establishment_id = %(school)s and c.group_id = g.id
  and d.day <= coalesce(c.ends_on, 'infinity')
join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id
join lateral ({dated(LATEST, school="%(school)s", day="d.day")}) s on true
where s.is_held and s.place <> 'away' and s.on_day = d.day and s.classroom_id = any(%(rooms)s)
order by s.on_day, s.starts_at, g.label"""

# For whoever plans something else in a room: who booked it and what for.
BOOKED_ROOMS = """select r.code, (b.starts_at at time zone 'Europe/Paris')::date, (b.starts_at at time zone 'Europe/Paris')::time,
  (b.ends_at at time zone 'Europe/Paris')::time, array[p.formal_name, b.purpose]::text[]
from booking_booking b join timetable_classroom r on r.establishment_id = b.establishment_id and r.id = b.classroom_id
join directory_person p on p.id = b.booked_by_id
where b.establishment_id = %(school)s and b.starts_at < (%(last)s::date + 1) at time zone 'Europe/Paris'
  and b.ends_at > %(first)s::date at time zone 'Europe/Paris'"""
