import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pupitre.integrations.gar.models import Access
from pupitre.integrations.gar.tests.box import Box
from pupitre.integrations.gar.tests.gestures import make_access


@pytest.fixture
def box(tmp_path: Path, settings: Any) -> Iterator[Box]:
    """The drop box of the GAR, on this machine."""
    logging.getLogger("paramiko").setLevel(logging.CRITICAL)
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1"]
    folder = tmp_path / "box"
    (folder / "depot").mkdir(parents=True)
    (folder / "rapports").mkdir()
    box = Box(folder)
    yield box
    box.close()


@pytest.fixture
def access(cast: Any, tuesday: object, box: Box) -> Access:
    """The access of the academy, whose key the drop box knows."""
    made = make_access(
        cast, sftp_host="127.0.0.1", sftp_port=box.port, sftp_user="ent", sftp_folder="depot",
        reports_folder="rapports", host_key=box.line,
    )  # fmt: skip
    box.lets_in = made.public_key
    return made
