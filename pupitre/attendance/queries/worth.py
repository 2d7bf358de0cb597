"""What a counted half-day is worth by the method of the school, for the statements of the rooms above."""

WORTH = """(case coalesce((select method from attendance_attendancerules where establishment_id = %(school)s), 'by_lesson')
      when 'gross' then h.gross when 'computed' then h.computed else h.by_lesson end)"""
"""Of a row `h` of `attendance_countedhalfday`. A school that chose nothing counts a half-day as soon as a lesson is missed, as
`AttendanceRules` does."""
