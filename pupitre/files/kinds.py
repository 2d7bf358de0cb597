"""What a file is, read from its first bytes; its name only chooses between kinds that begin alike. No Django here."""

from pathlib import PurePath

HEAD = 4096
"""How many first bytes are enough to know."""
UNKNOWN = "application/octet-stream"

# Drawn by browsers without running anything: neither SVG, nor HTML, nor PDF.
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# Played by browsers without running anything, inside a page that holds the player.
_PLAYED = frozenset({"audio/mpeg", "audio/ogg", "audio/flac", "audio/wav", "audio/mp4", "audio/webm"})
_PREVIEWED = _SHOWN | {"application/pdf"}

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"{\\rtf", "application/rtf"),
)
_ZIPPED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".odg": "application/vnd.oasis.opendocument.graphics",
    ".epub": "application/epub+zip",
    ".ggb": "application/vnd.geogebra.file",
    ".sb3": "application/x.scratch.sb3",
}
_OLD_OFFICE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
}
_TEXT = {".txt": "text/plain", ".csv": "text/csv", ".md": "text/plain", ".py": "text/plain"}

# Programs of the usual systems, by their first bytes…
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
# … and what these systems run when it is touched, whatever it holds.
_RUN = frozenset(
    {
        ".exe", ".msi", ".msp", ".msix", ".appx", ".bat", ".cmd", ".com", ".scr", ".pif", ".cpl", ".dll", ".sys",
        ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".lnk", ".reg", ".inf", ".scf",
        ".url", ".jar", ".jnlp", ".apk", ".ipa", ".app", ".dmg", ".pkg", ".deb", ".rpm", ".run", ".appimage", ".iso",
        ".img", ".vhd", ".chm", ".gadget", ".xll",
    }
)  # fmt: skip
_FAMILIES = {
    "image": "image", "audio": "sound", "video": "film", "application/pdf": "pdf", "text/csv": "sheet", "text": "text",
    "application/msword": "text", "application/rtf": "text", "application/vnd.ms-excel": "sheet",
    "application/vnd.ms-powerpoint": "slides", "application/zip": "archive", "application/x-7z-compressed": "archive",
    **{kind: family for end, family in ((".docx", "text"), (".odt", "text"), (".xlsx", "sheet"), (".ods", "sheet"),
       (".pptx", "slides"), (".odp", "slides")) for kind in [_ZIPPED[end]]},
}  # fmt: skip


def is_program(name: str, head: bytes) -> bool:
    """Whether a system would run it: by its first bytes, or by the end of its name."""
    return head.startswith(_PROGRAMS) or PurePath(name).suffix.lower() in _RUN


def content_type_of(name: str, head: bytes) -> str:
    """The kind of these bytes; `application/octet-stream` when nothing known, which every browser only saves."""
    end = PurePath(name).suffix.lower()
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"\x1aE\xdf\xa3"):
        # The tracks are announced first, each with its codec: « A_OPUS », « V_VP9 ».
        return "audio/webm" if b"A_" in head and b"V_" not in head else "video/webm"
    if head.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(end, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE.get(end, UNKNOWN)
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _iso_media(head[8:12], end)
    return _TEXT.get(end, UNKNOWN) if b"\0" not in head else UNKNOWN


def is_shown_in_page(content_type: str) -> bool:
    """Whether a browser may draw it itself."""
    return content_type in _SHOWN


def is_played_in_page(content_type: str) -> bool:
    """Whether a page may hold a player of it: sounds, known by their first bytes."""
    return content_type in _PLAYED


def may_be_previewed(content_type: str) -> bool:
    """Whether a small image of it can be made."""
    return content_type in _PREVIEWED


def family_of(content_type: str) -> str:
    """What people call it: image, pdf, text, sheet, slides, sound, film, archive or other."""
    return _FAMILIES.get(content_type) or _FAMILIES.get(content_type.partition("/")[0], "other")


def _iso_media(brand: bytes, end: str) -> str:
    if brand in (b"heic", b"heix", b"mif1"):
        return "image/heic"
    if brand.startswith(b"M4A") or end == ".m4a":
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"
