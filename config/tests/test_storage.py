from config.storage import lean

SHEET = """/* Buttons,
   of three kinds. */
.a :is(b, i) { width: calc(1rem + 2px) } /* why */
@media print {
  .a { color: red }
}
"""


def test_a_sheet_loses_what_only_its_readers_need():
    assert lean(SHEET) == ".a :is(b, i) { width: calc(1rem + 2px) } @media print {\n.a { color: red }\n}\n"
