"""« Mes fichiers »: what one keeps, the room it takes, what may go."""

from lxml import html

from pupitre.files.models import StoredFile
from pupitre.files.services.attaching import attach
from pupitre.files.tests.senders import KILO, picture
from tests.statements import statements_of


def page_of(sender) -> html.HtmlElement:
    return html.document_fromstring(sender.get("mine").content)


def texts(tree) -> str:
    return " ".join(tree.text_content().split()).replace("\N{NO-BREAK SPACE}", " ")


def test_everyone_sees_their_own_files_and_their_room(teacher, student):
    teacher.send("photo.jpg", picture())
    student.send("devoir.txt", b"\1" * KILO)
    seen = texts(page_of(student))
    assert "devoir.txt" in seen
    assert "photo.jpg" not in seen
    assert "1 Ko sur 1 Go" in seen
    assert "Ce que tu as déposé" in seen
    assert "Ce que vous avez déposé" in texts(page_of(teacher))


def test_what_something_refers_to_cannot_be_deleted_there(teacher):
    used, unused = teacher.send("joint.txt", b"joint"), teacher.send("seul.txt", b"seul")
    attach(upload_ids=[used.pk], target=teacher.cast.groups["4B"], actor=teacher.actor)
    page = page_of(teacher)
    assert page.xpath("//form[contains(@action, '/supprimer/')]/@action") == [teacher.address("delete", unused.pk)]
    assert "Joint à 1 élément" in texts(page)


def test_a_file_is_deleted_by_its_owner(teacher, storage):
    file = teacher.send("seul.txt", b"seul")
    with teacher.committed(execute=True):
        answer = teacher.client.post(teacher.address("delete", file.pk))
    assert (answer.status_code, answer["Location"]) == (302, teacher.address("mine"))
    assert not StoredFile.objects.exists()
    assert not any(storage.rglob("*.*"))


def test_the_page_asks_the_same_for_two_files_as_for_twenty(teacher):
    for number in range(2):
        teacher.send(f"{number}.txt", bytes([65 + number]))
    few = len(statements_of(lambda: teacher.get("mine")))
    for number in range(2, 20):
        teacher.send(f"{number}.txt", bytes([65 + number]))
    assert len(statements_of(lambda: teacher.get("mine"))) == few


def test_files_are_shown_fifty_a_page(teacher):
    file = teacher.send("cours.txt", b"le cours")
    for number in range(55):
        StoredFile.objects.create(
            blob=file.blob,
            owner=teacher.person,
            name=f"{number}.txt",
            content_type="text/plain",
            created_at=file.created_at,
        )
    assert "1 à 50 sur 56" in texts(page_of(teacher))
    assert "51 à 56 sur 56" in texts(
        html.document_fromstring(teacher.client.get(f"{teacher.address('mine')}?page=2").content)
    )


def test_a_line_asked_by_the_script_is_the_line_of_a_reload(teacher):
    file = teacher.send("photo.jpg", picture())
    line = html.fragment_fromstring(teacher.get("row", file.pk).text)
    assert line.xpath(".//input/@value") == [str(file.pk)]
    assert line.xpath(".//input/@checked")
    assert "photo.jpg" in texts(line)
