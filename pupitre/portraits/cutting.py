"""`python -m pupitre.portraits.cutting < photos > portraits`: small squares of photographs, made in a process apart. No Django.

What a stranger sent is never decoded inside the server. In and out, each image is preceded by its length (four bytes);
a length of zero says that nothing could be made of it.
"""

import io
import resource
import struct
import sys
from typing import IO, Any

SIDE = 240
_MEMORY, _SECONDS, _MOST_PIXELS = 1024**3, 60, 60_000_000
_LENGTH = struct.Struct(">I")


def main() -> None:
    """Cut what comes in, image by image; one that cannot be read holds nobody up."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    while (data := unpacked(sys.stdin.buffer)) is not None:
        try:
            made = cut(data)
        except Exception:  # noqa: BLE001 - a damaged photograph fails in a hundred ways
            made = b""
        sys.stdout.buffer.write(packed(made))
        sys.stdout.buffer.flush()


def cut(data: bytes) -> bytes:
    """A square WebP, made anew from points: no place, no device, no colour profile follows."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    image: Any = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
    if image.width * image.height > _MOST_PIXELS:
        raise ValueError("too many points")
    image.draft("RGB", (SIDE * 2, SIDE * 2))
    image = ImageOps.exif_transpose(image).convert("RGB")
    # Heads are at the top of a portrait.
    image = ImageOps.fit(image, (SIDE, SIDE), centering=(0.5, 0.25))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return out.getvalue()


def packed(data: bytes) -> bytes:
    """An image behind its length."""
    return _LENGTH.pack(len(data)) + data


def unpacked(source: IO[bytes]) -> bytes | None:
    """The next image; None when there is no more."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    return source.read(_LENGTH.unpack(head)[0])


if __name__ == "__main__":
    main()
