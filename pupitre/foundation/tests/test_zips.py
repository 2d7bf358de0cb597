import io
import struct
import zipfile

import pytest

from pupitre.foundation.zips import DAMAGED, ENDLESS, index_size, unpacks_to_more

MEGA = 1024 * 1024


def packed(content: bytes = b"0" * 5 * MEGA, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as package:
        package.writestr("content.xml", content)
    return out.getvalue()


def announcing(data: bytes, size: int) -> bytes:
    """The same zip, whose list says that its one entry weighs `size` bytes."""
    place = data.rfind(b"PK\x01\x02") + 24
    return data[:place] + struct.pack("<I", size) + data[place + 4 :]


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize("announced", [None, 10])
def test_what_comes_out_is_counted_whatever_is_announced(how, announced):
    data = packed(how=how) if announced is None else announcing(packed(how=how), announced)
    assert unpacks_to_more(data, 4 * MEGA)
    assert not unpacks_to_more(data, 5 * MEGA)


def test_entries_are_counted_together():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(5):
            package.writestr(f"{number}.xml", b"0" * MEGA)
    assert unpacks_to_more(out.getvalue(), 4 * MEGA)


@pytest.mark.parametrize("data", [b"PK\x03\x04 damaged", b"", packed(how=zipfile.ZIP_BZIP2), packed()[:-30]])
def test_what_cannot_be_counted_is_damaged(data):
    with pytest.raises(DAMAGED):
        unpacks_to_more(data, MEGA)


def test_the_list_of_entries_is_weighed_before_it_is_read():
    data = packed(b"x")
    end = data.rfind(b"PK\x05\x06")
    assert index_size(io.BytesIO(data)) == end - data.rfind(b"PK\x01\x02")
    large = data[:end] + b"PK\x06\x07" + b"\0" * 16 + data[end:]
    assert index_size(io.BytesIO(large)) == ENDLESS
    assert index_size(io.BytesIO(b"no zip")) is None
