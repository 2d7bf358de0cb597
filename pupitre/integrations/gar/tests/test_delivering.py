"""A delivery from end to end, over SFTP; whatever goes wrong is said."""

import datetime as dt
import hashlib
import tarfile

import paramiko
import pytest

from pupitre.directory.models import Affiliation
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import PersonFactory, affiliate
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.gar.models import Access, Delivery, Enrolment, Report, SchoolDelivery
from pupitre.integrations.gar.services.access import Taken, set_access
from pupitre.integrations.gar.services.delivering import begin, deliver, deliver_every_access
from pupitre.integrations.gar.services.enrolling import withdraw
from pupitre.integrations.gar.services.reading import bytes_of, forget_old, read_every_report, read_reports
from pupitre.integrations.gar.tests.gestures import acting, enrolled, make_access, named


def _delivered(access: Access, **options: bool) -> Delivery:
    delivery = begin(access, asked_by=None)
    deliver(delivery, **options)
    delivery.refresh_from_db()
    return delivery


def test_the_night_drops_the_archive_then_its_digest_and_keeps_no_file(cast, access, box, settings, tmp_path):
    settings.STATE = tmp_path / "state"
    enrolled(cast)
    named(cast)
    deliver_every_access()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.why, delivery.schools) == ("sent", "", ["0990001N"])
    assert delivery.counts["GAREleve"] == 2
    dropped = sorted(each.name for each in (box.folder / "depot").iterdir())
    assert dropped == [f"{delivery.name}.md5", f"{delivery.name}.tar.gz"]
    assert delivery.name == "ENTTEST_GAR-ENT_Complet_20261124_102000"
    archive = box.folder / "depot" / f"{delivery.name}.tar.gz"
    assert (box.folder / "depot" / f"{delivery.name}.md5").read_text().strip() == delivery.md5
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == delivery.sha256
    with tarfile.open(archive) as opened:
        assert len(opened.getnames()) == 5 == delivery.files
    assert list(settings.STATE.iterdir()) == []
    with scope(cast.college.pk):
        held = SchoolDelivery.objects.get()
    assert (held.students, held.staff, held.assigners, held.left_out) == (2, 6, 1, [])
    assert AuditEntry.objects.filter(verb="gar.deliver").get().detail["state"] == "sent"


def test_only_enrolled_schools_leave_and_all_of_them_together(cast, access, box):
    enrolled(cast, cast.lycee)
    enrolled(cast)
    assert _delivered(access).schools == ["0990001N", "0990002P"]
    with scope(cast.college.pk):
        withdraw(actor=acting(cast, "principal", Profile.HEAD))
    assert _delivered(access, even_fewer=True).schools == ["0990002P"]


def test_without_a_school_nothing_leaves(access, box):
    delivery = _delivered(access)
    assert (delivery.state, delivery.why) == ("failed", "no_school")
    assert list((box.folder / "depot").iterdir()) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"host_key": "other"}, "host_key"),
        ({"public_key": "other"}, "login"),
        ({"sftp_folder": "ailleurs"}, "folder"),
        ({"sftp_port": 1}, "refused"),
        ({"sftp_host": "sftp.gar.invalid"}, "unknown_host"),
        ({"sftp_host": "localhost"}, "private_host"),
        ({"sftp_host": ""}, "not_set"),
        ({"is_on": False}, "off"),
    ],
)
def test_what_goes_wrong_is_said(cast, access, box, change, code):
    enrolled(cast)
    if change.get("host_key"):
        stranger = paramiko.ECDSAKey.generate()
        change = {"host_key": f"{stranger.get_name()} {stranger.get_base64()}"}
    if "public_key" in change:
        box.lets_in = ""
    for name, value in change.items():
        setattr(access, name, value)
    access.save()
    delivery = _delivered(access)
    assert (delivery.state, delivery.why) == ("made" if code in ("not_set", "off") else "failed", code)
    assert list((box.folder / "depot").iterdir()) == []


def test_a_full_box_says_so(cast, access, box):
    enrolled(cast)
    box.is_full = True
    assert _delivered(access).why == "folder"


def test_half_the_people_is_held_until_somebody_says_so(cast, access, box):
    enrolled(cast)
    for _each in range(20):
        affiliate(PersonFactory(), cast.college, Profile.STUDENT)
    assert _delivered(access).state == "sent"
    Affiliation.objects.filter(profile=Profile.STUDENT).update(ends_on=clock.today() - dt.timedelta(days=1))
    held = _delivered(access)
    assert (held.state, held.why) == ("held", "fewer")
    assert _delivered(access, even_fewer=True).state == "sent"


def test_reports_are_fetched_once_sealed_and_forgotten(cast, access, box):
    (box.folder / "rapports" / "ENTTEST_rapport.txt").write_bytes(b"1 rejet")
    (box.folder / "rapports" / "vide").touch()
    assert read_reports(access) == ""
    assert read_reports(access) == ""
    report = Report.objects.get()
    assert b"rejet" not in bytes(report.data)
    assert bytes_of(report, actor=acting(cast, "academie", Profile.ACADEMY_ADMIN)) == b"1 rejet"
    with clock.at("2027-02-01T03:00"):
        assert forget_old() == ["GAR\u00a0: 1\u00a0rapport effacé après deux mois."]
    assert not Report.objects.exists()


def test_a_box_whose_key_cannot_be_opened_holds_no_other_academy(cast, access, box, caplog):
    (box.folder / "rapports" / "rapport.xml").write_bytes(b"<rapport/>")
    # Read first.
    broken = Access.objects.create(
        pk=access.pk - 1, ent_id="Z9", academies=["99"], is_on=True, sftp_host="127.0.0.1", sftp_user="ent",
        host_key=access.host_key, reports_folder="rapports", sealed_key=b"sealed by another server",
    )  # fmt: skip
    Access.objects.filter(pk=access.pk).update(is_on=True)
    read_every_report()
    assert f"reports of access {broken.pk}" in caplog.text
    assert Report.objects.get().access_id == access.pk


def test_two_accesses_never_serve_one_academy_nor_bear_one_number(cast, access):
    for facts in ({"ent_id": "AUTRE"}, {"academies": ["18"]}):
        with pytest.raises(Taken):
            make_access(cast, **facts)
    make_access(cast, ent_id="AUTRE", academies=["18"])


def test_our_key_is_sealed_and_its_public_half_told(cast, access):
    assert access.public_key.startswith("ssh-rsa ")
    assert b"PRIVATE" not in bytes(access.sealed_key)
    kept = access.public_key
    set_access(access, academies=["15"], actor=acting(cast, "academie", Profile.ACADEMY_ADMIN), is_on=False)
    access.refresh_from_db()
    assert access.public_key == kept


def test_a_break_is_written_rather_than_raised(cast, access, box, settings, caplog):
    enrolled(cast)
    with scope(cast.college.pk):
        assert Enrolment.objects.count() == 1
    Access.objects.filter(pk=access.pk).update(sealed_key=b"spoilt")
    access.refresh_from_db()
    assert _delivered(access).why == "broken"
    assert "gar: delivery" in caplog.text


def test_a_job_done_twice_and_one_that_never_ended(cast, access, box):
    enrolled(cast)
    delivery = begin(access, asked_by=None)
    deliver(delivery)
    deliver(delivery)
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    lost = begin(access, asked_by=None)
    with clock.at("2026-11-25T02:15"):
        deliver_every_access()
    lost.refresh_from_db()
    assert (lost.state, lost.why) == ("failed", "broken")
    assert Delivery.objects.filter(state="sent").count() == 2
