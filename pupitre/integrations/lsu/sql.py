"""Everything that the LSU takes from a school in a term, in one statement."""

_IN_TERM = "(a.term_id = %(term)s or a.other_term_id = %(term)s)"
_HELD = "{t}.starts_on <= %(last)s and coalesce({t}.ends_on, 'infinity') >= %(first)s"


def _list(columns: str, rest: str, order: str = "") -> str:
    ordered = f" order by {order}" if order else ""
    return f"(select coalesce(json_agg(json_build_array({columns}){ordered}), '[]') {rest})"


# Who is in a class on the day that the report is about. A class of another year is none.
_PUPILS = """pupils as materialized (
  select distinct on (st.id) st.id, st.person_id, st.ine, st.mef, st.entered_on, g.id as division_id, g.code, g.label
  from directory_group g
  join directory_membership m on m.establishment_id = %(school)s and m.group_id = g.id
    and %(day)s between m.starts_on and coalesce(m.ends_on, 'infinity')
  join directory_student st on st.establishment_id = %(school)s and st.id = m.student_id
    and coalesce(st.left_on, 'infinity') >= %(day)s
  where g.establishment_id = %(school)s and g.kind = 'division' and g.school_year_id = %(year)s
    and (%(division)s::bigint is null or g.id = %(division)s)
  order by st.id, m.starts_on desc)"""

_PARTS = {
    "pupils": _list(
        "s.id, s.person_id, p.last_name, p.first_name, p.display_name, s.ine, s.mef, s.entered_on, s.division_id, x.value",
        """from pupils s join directory_person p on p.id = s.person_id
           left join lateral (select x.value from directory_externalid x where x.person_id = s.person_id
             and x.source = 'siecle_student' and x.namespace = %(uai)s order by x.id desc limit 1) x on true""",
        "s.label, p.sort_key, s.id",
    ),
    "gone": _list(
        "p.display_name, g.label",
        f"""from directory_membership m
            join directory_group g on g.establishment_id = %(school)s and g.id = m.group_id and g.kind = 'division'
              and g.school_year_id = %(year)s and (%(division)s::bigint is null or g.id = %(division)s)
            join directory_student st on st.establishment_id = %(school)s and st.id = m.student_id
            join directory_person p on p.id = st.person_id
            where m.establishment_id = %(school)s and {_HELD.format(t="m")} and st.left_on < %(day)s
              and st.left_on >= %(first)s""",
        "g.label, p.sort_key",
    ),
    "divisions": _list(
        "d.id, d.code, d.label, ct.council_on, ct.published_on",
        """from (select distinct division_id as id, code, label from pupils) d
           left join gradebook_classterm ct on ct.establishment_id = %(school)s and ct.division_id = d.id
             and ct.term_id = %(term)s""",
    ),
    "form_teachers": _list(
        "f.group_id, f.person_id",
        """from directory_formteacher f where f.establishment_id = %(school)s
           and f.group_id in (select division_id from pupils)
           and %(day)s between f.starts_on and coalesce(f.ends_on, 'infinity')""",
        "f.id",
    ),
    "members": _list(
        "m.group_id, m.student_id",
        f"""from directory_membership m where m.establishment_id = %(school)s and m.student_id in (select id from pupils)
            and {_HELD.format(t="m")}""",
    ),
    "courses": _list(
        "c.id, c.group_id, j.id, j.code, j.label, j.short_label",
        """from timetable_course c join directory_subject j on j.establishment_id = %(school)s and j.id = c.subject_id
           join directory_group g on g.establishment_id = %(school)s and g.id = c.group_id and g.school_year_id = %(year)s
           where c.establishment_id = %(school)s and coalesce(c.ends_on, 'infinity') >= %(first)s""",
        "j.label, c.id",
    ),
    "teachers": _list(
        "ct.course_id, ct.person_id",
        f"""from timetable_courseteacher ct where ct.establishment_id = %(school)s and {_HELD.format(t="ct")}""",
        "ct.id",
    ),
    "staff": _list(
        "p.id, p.sex, p.last_name, p.usage_name, p.first_name, p.formal_name, epp.value, local.value",
        """from directory_person p
           left join lateral (select x.value from directory_externalid x where x.person_id = p.id and x.source = 'sts_epp'
             order by x.id desc limit 1) epp on true
           left join lateral (select x.value from directory_externalid x where x.person_id = p.id
             and x.source = 'sts_local' and x.namespace = %(uai)s order by x.id desc limit 1) local on true
           where p.id in (select person_id from timetable_courseteacher where establishment_id = %(school)s
               union select person_id from directory_formteacher where establishment_id = %(school)s)""",
    ),
    "assessments": _list(
        "a.id, a.course_id, a.part_id, a.scale, (a.coefficient * 100)::int, a.is_brought, a.option",
        f"from gradebook_assessment a where a.establishment_id = %(school)s and {_IN_TERM}",
    ),
    "marks": _list(
        "k.assessment_id, k.student_id, (k.points * 100)::int, k.annotation",
        f"""from gradebook_assessment a
            join gradebook_studentmark k on k.establishment_id = %(school)s and k.assessment_id = a.id
            where a.establishment_id = %(school)s and {_IN_TERM} and (k.points is not null or k.annotation <> '')""",
    ),
    "parts": _list(
        "r.id, r.course_id, (r.coefficient * 100)::int",
        "from gradebook_servicepart r where r.establishment_id = %(school)s",
    ),
    "finals": _list(
        "f.course_id, f.student_id, (f.value * 100)::int",
        "from gradebook_finalaverage f where f.establishment_id = %(school)s and f.term_id = %(term)s",
    ),
    "taken": _list(
        "v.course_id, v.student_id, (v.value * 100)::int, v.origin",
        "from gradebook_takenaverage v where v.establishment_id = %(school)s and v.term_id = %(term)s",
    ),
    "levels": _list(
        "a.course_id, l.student_id, l.level",
        f"""from gradebook_assessment a
            join gradebook_skilllevel l on l.establishment_id = %(school)s and l.assessment_id = a.id
            where a.establishment_id = %(school)s and {_IN_TERM}""",
        "a.held_on, l.id",
    ),
    "reports": _list(
        "r.course_id, r.student_id, r.text, r.positioning",
        "from reportcards_subjectreport r where r.establishment_id = %(school)s and r.term_id = %(term)s",
    ),
    "elements": _list(
        "e.course_id, e.label",
        "from reportcards_programmeelement e where e.establishment_id = %(school)s and e.term_id = %(term)s",
        "e.position, e.id",
    ),
    "cards": _list(
        "r.student_id, r.synthesis, r.school_life, r.supports, r.status, r.validated_at, r.published_at",
        "from reportcards_reportcard r where r.establishment_id = %(school)s and r.term_id = %(term)s",
    ),
    "projects": _list(
        "r.id, r.division_id, r.kind, r.title, r.text",
        "from reportcards_project r where r.establishment_id = %(school)s and r.term_id = %(term)s",
        "r.position, r.id",
    ),
    "project_courses": _list(
        "x.project_id, x.course_id",
        """from reportcards_projectcourse x join reportcards_project r on r.establishment_id = %(school)s
             and r.id = x.project_id and r.term_id = %(term)s
           where x.establishment_id = %(school)s""",
        "x.id",
    ),
    "project_reports": _list(
        "x.project_id, x.student_id, x.text",
        """from reportcards_projectreport x join reportcards_project r on r.establishment_id = %(school)s
             and r.id = x.project_id and r.term_id = %(term)s
           where x.establishment_id = %(school)s""",
    ),
    "half_days": _list(
        "h.student_id, h.standing, h.gross, h.by_lesson, h.computed",
        """from (select student_id, standing, sum(gross)::int as gross, sum(by_lesson)::int as by_lesson,
               (sum(computed) * 10000)::int as computed
             from attendance_countedhalfday where establishment_id = %(school)s and missed_on between %(first)s and %(last)s
             group by student_id, standing) h""",
    ),
    "latenesses": _list(
        "l.student_id, l.n",
        """from (select student_id, count(*) as n from attendance_absenceentry
             where establishment_id = %(school)s and kind = 'lateness' and cancelled_at is null
               and away_on between %(first)s and %(last)s group by student_id) l""",
    ),
    "guardians": _list(
        "s.id, p.sex, p.last_name, p.usage_name, p.first_name, k.relation",
        """from pupils s join directory_guardianship k on k.establishment_id = %(school)s and k.student_id = s.person_id
             and k.level = 1 and not k.is_restricted and %(day)s between k.starts_on and coalesce(k.ends_on, 'infinity')
           join directory_person p on p.id = k.guardian_id and not p.is_organisation""",
        "s.id, k.contact_first desc, k.id",
    ),
    "modes": _list(
        "d.subject_id, d.mode, d.code",
        "from lsu_discipline d where d.establishment_id = %(school)s",
    ),
    "heads": _list(
        "p.formal_name, f.function",
        """from directory_affiliation f join directory_person p on p.id = f.person_id
           where f.establishment_id = %(school)s and f.profile = 'head'
             and %(day)s between f.starts_on and coalesce(f.ends_on, 'infinity')""",
        "f.starts_on, f.id",
    ),
    "rules": """(select json_build_array(g.direction, g.step) from gradebook_gradingrules g
        where g.establishment_id = %(school)s)""",
    "method": "(select a.method from attendance_attendancerules a where a.establishment_id = %(school)s)",
    "settings": """(select json_build_array(l.schema_version, l.signatory) from lsu_lsusettings l
        where l.establishment_id = %(school)s)""",
}

TERM = (
    f"with {_PUPILS} select json_build_object("
    + ", ".join(f"'{name}', {part}" for name, part in _PARTS.items())
    + ")::text"
)
"""Parameters: school, uai, year, term, first, last (its days), day (the one reported on), division (or null)."""
