"""The static files, gathered, named by their content and compressed; only when one of them changed."""

import hashlib
from io import StringIO

from config.state import HOUSE


def build_static() -> bool:
    """Build fonts and static files into the state folder. Whether there was anything to do."""
    from django.conf import settings
    from django.core.management import call_command

    settings.FONTS_BUILD_DIR.mkdir(parents=True, exist_ok=True)
    call_command("build_fonts", stdout=StringIO())
    stamp, wanted = settings.STATE / "static.stamp", _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    facts = hashlib.sha256()
    for decides in ("requirements.lock", "config/storage.py"):
        facts.update((HOUSE / decides).read_bytes())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return facts.hexdigest()
