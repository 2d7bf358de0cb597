from django.core.files.base import ContentFile

from config.storage import StaticStorage, lean

SHEET = """/* Buttons,
   of three kinds. */
.a :is(b, i) { width: calc(1rem + 2px) } /* why */
@media print {
  .a { color: red }
}
"""


def test_a_sheet_loses_what_only_its_readers_need():
    assert lean(SHEET) == ".a :is(b, i) { width: calc(1rem + 2px) } @media print {\n.a { color: red }\n}\n"


def test_a_sheet_is_served_lean_under_the_name_of_its_content(tmp_path):
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    storage.save("a.css", ContentFile(SHEET.encode()))
    named = {
        name: hashed for name, hashed, _done in storage.post_process({"a.css": (storage, "a.css")}) if name == "a.css"
    }
    served = [tmp_path / name for name in ("a.css", *named.values())]
    assert len(served) == 2
    assert {path.read_text() for path in served} == {lean(SHEET)}
