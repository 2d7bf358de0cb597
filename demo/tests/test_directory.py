"""The archive of the demonstration."""

from demo.directory import receive_directory
from pupitre.foundation import clock
from pupitre.integrations.aaf.models import Batch, SchoolPart


def test_two_schools_wait_to_be_opened(db, tmp_path):
    with clock.at("2026-11-24T10:20"):
        receive_directory(tmp_path)
    batch = Batch.objects.get()
    assert (batch.state, batch.academy, batch.counts["4"]) == (Batch.State.READY, "99", {"read": 20, "new": 20})
    assert set(batch.parts.values_list("state", flat=True)) == {SchoolPart.State.UNOPENED}
