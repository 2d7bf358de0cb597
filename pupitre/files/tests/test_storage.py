"""A server that speaks S3, real bytes over real HTTP (moto); and the same server when it is down."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from django.core.files.storage import FileSystemStorage
from moto.server import ThreadedMotoServer

from pupitre.files import shelf
from pupitre.files.models import StoredFile, Upload
from pupitre.files.places import files_storage
from pupitre.files.refusals import StorageDown
from pupitre.files.services.attaching import attach, detach_all
from pupitre.files.services.housekeeping import tidy_school
from pupitre.files.tests.senders import KILO, MEGA, picture
from pupitre.foundation import clock

KEYS = {"PUPITRE_S3_KEY": "ecole", "PUPITRE_S3_SECRET": "secret", "PUPITRE_S3_REGION": "eu-west-3"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of the server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, settings) -> Any:
    """An empty bucket, where the house keeps its files."""
    s3 = boto3.resource(
        "s3", endpoint_url=endpoint, aws_access_key_id="ecole", aws_secret_access_key="secret", region_name="eu-west-3"
    )
    made = s3.create_bucket(Bucket="pupitre", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    use(settings, endpoint)
    yield made
    made.objects.all().delete()
    made.delete()


def use(settings, endpoint: str) -> None:
    environment = {"PUPITRE_S3_BUCKET": "pupitre", "PUPITRE_S3_ENDPOINT": endpoint, **KEYS}
    settings.STORAGES = {**settings.STORAGES, "default": files_storage(environment, settings.STATE)}


@pytest.fixture
def down(settings) -> None:
    """Nobody listens at the address of the server."""
    use(settings, "http://127.0.0.1:9")


def names_of(bucket) -> list[str]:
    return sorted(each.key for each in bucket.objects.all())


def text_of(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_file_goes_to_the_server_comes_back_and_leaves(teacher, bucket):
    content = picture() + bytes(300 * KILO)
    upload = teacher.announce("photo.jpg", len(content))["Location"]
    for start in range(0, len(content), 128 * KILO):
        answer = teacher.part(upload, start, content[start : start + 128 * KILO])
    file = teacher.file(int(answer["Pupitre-File"]))
    assert names_of(bucket) == [file.blob.key, file.blob.preview]
    assert bucket.Object(file.blob.key).get()["Body"].read() == content
    assert teacher.get("open", file.pk).body == content
    assert teacher.get("preview", file.pk)["Content-Type"] == "image/webp"
    attach(upload_ids=[file.pk], target=teacher.cast.groups["4B"], actor=teacher.actor)
    with teacher.committed(execute=True):
        detach_all(target=teacher.cast.groups["4B"])
    assert names_of(bucket) == []


def test_a_large_file_travels_through_a_file_of_the_machine_not_through_its_memory(teacher, bucket):
    content = b"\1" * (12 * MEGA)
    file = teacher.send("film.bin", content)
    assert teacher.get("open", file.pk).body == content
    stored: Any
    with shelf.open_stored(file.blob.key) as stored:
        stored.read(1)
        assert stored._file._rolled


def test_the_nightly_round_finds_strays_on_the_server(teacher, bucket):
    kept = teacher.send("cours.txt", b"le cours")
    day = kept.blob.key.rpartition("/")[0]
    for stray in (f"{day}/ab12", f"{day.replace('files/', 'parts/', 1)}/ab12.000000000000"):
        bucket.put_object(Key=stray, Body=b"x")
    with clock.at("2026-11-28T03:00"):
        assert tidy_school().strays == 2
    assert names_of(bucket) == [kept.blob.key]


def test_when_the_server_is_down_a_form_says_so_and_keeps_what_was_typed(teacher, down):
    answer = teacher.deposit(("cours.txt", b"le cours"))
    assert answer.status_code == 422
    assert "leur lieu de stockage ne répond pas. Rien d’autre n’est perdu" in text_of(answer)
    assert not StoredFile.objects.exists()


def test_when_the_server_is_down_an_upload_waits_where_it_stands(teacher, bucket, settings, endpoint):
    content = b"\1" * (300 * KILO)
    upload = teacher.announce("cours.bin", len(content))["Location"]
    assert teacher.part(upload, 0, content[: 100 * KILO]).status_code == 204
    use(settings, "http://127.0.0.1:9")
    answer = teacher.part(upload, 100 * KILO, content[100 * KILO :])
    assert answer.status_code == 503
    assert "ne répond pas" in text_of(answer)
    use(settings, endpoint)
    assert teacher.offset(upload) == 100 * KILO
    answer = teacher.part(upload, 100 * KILO, content[100 * KILO :])
    assert teacher.get("open", int(answer["Pupitre-File"])).body == content


def test_when_the_server_fails_at_the_very_end_the_end_is_tried_again(teacher, bucket, monkeypatch):
    upload = teacher.announce("cours.txt", 8)["Location"]
    with monkeypatch.context() as broken:
        broken.setattr(shelf, "put", _fails_on("files/", shelf.put))
        assert teacher.part(upload, 0, b"le cours").status_code == 503
    assert teacher.offset(upload) == 8
    assert Upload.objects.get().file is None
    answer = teacher.part(upload, 8, b"")
    assert teacher.get("open", int(answer["Pupitre-File"])).body == b"le cours"


def _fails_on(prefix: str, put: Any) -> Any:
    def fail(name: str, content: Any) -> str:
        if name.startswith(prefix):
            raise StorageDown
        kept: str = put(name, content)
        return kept

    return fail


def test_when_the_server_is_down_a_file_cannot_be_opened_for_a_while(teacher, bucket, settings):
    file = teacher.send("photo.jpg", picture())
    use(settings, "http://127.0.0.1:9")
    for name in ("open", "preview"):
        answer = teacher.get(name, file.pk)
        assert answer.status_code == 503
        assert "leur lieu de stockage ne répond pas" in text_of(answer)
    # The page itself needs no server.
    assert "photo.jpg" in text_of(teacher.get("mine"))


def test_when_the_server_is_down_the_nightly_round_does_the_rest(teacher, bucket, settings):
    teacher.announce("cours.txt", 8)
    use(settings, "http://127.0.0.1:9")
    with clock.at("2026-11-28T03:00"), teacher.committed(execute=True):
        assert tidy_school().uploads == 1
    assert not Upload.objects.exists()


def test_a_full_disk_is_told_like_a_server_that_is_down(teacher, monkeypatch):
    def full(*_args: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    assert "leur lieu de stockage ne répond pas" in text_of(teacher.deposit(("cours.txt", b"le cours")))


def test_a_folder_is_used_when_no_server_is_named(tmp_path):
    assert files_storage({}, tmp_path)["OPTIONS"]["location"] == tmp_path / "files"
