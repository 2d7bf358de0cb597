"""The arrangements that apply to a home, as a part of its one statement."""

LAYOUTS = """(select json_build_object(
  'own', (select json_build_object('blocks', l.blocks, 'hidden', l.hidden, 'imports_window', l.imports_window,
      'visited_on', l.visited_on, 'previous_visit_on', l.previous_visit_on)
    from portal_personlayout l where l.person_id = %(person)s and l.profile = %(profile)s),
  'school', (select json_build_object('blocks', s.blocks, 'hidden', s.hidden, 'locked', s.locked)
    from portal_schoollayout s where s.establishment_id = wall.id and s.profile = %(profile)s)))"""
