"""`python -m pupitre.files.drawing image/jpeg < file > preview.webp`: the process apart of `previews.py`. No Django."""

import resource
import sys
from typing import IO, Any

SIDE = 480
_MEMORY = 1024**3
_SECONDS = 10
_MOST_PIXELS = 120_000_000


def main() -> None:
    """Draw what comes in. Any failure leaves with a status other than 0."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    source = sys.stdin.buffer
    image = _first_page(source) if sys.argv[1] == "application/pdf" else _picture(source)
    # Made anew from its points: no EXIF, no GPS, no colour profile, no text follows.
    image.save(sys.stdout.buffer, "WEBP", quality=78, method=2, exif=b"", icc_profile=b"", xmp=b"")


def _picture(source: IO[bytes]) -> Any:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    image: Any = Image.open(source, formats=("PNG", "JPEG", "GIF", "WEBP"))
    if image.width * image.height > _MOST_PIXELS:
        raise ValueError("too many points")
    # A JPEG can be decoded at an eighth of its size.
    image.draft("RGB", (SIDE * 2, SIDE * 2))
    image.thumbnail((SIDE, SIDE))
    image = ImageOps.exif_transpose(image)
    return image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")


def _first_page(source: IO[bytes]) -> Any:
    import pypdfium2

    page = pypdfium2.PdfDocument(source)[0]
    width, height = page.get_size()
    return page.render(scale=SIDE / max(width, height, 1)).to_pil().convert("RGB")


if __name__ == "__main__":
    main()
