"""Static files as they are served: named by their content, compressed, style sheets without what only their readers need."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_FOR_READERS = re.compile(r"/\*.*?\*/\s*|(?<=\n)\s+", re.DOTALL)


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Leaves comments and indentation out of style sheets: a tenth of their compressed bytes, on the first view of everyone."""

    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".css"):
            # It was read whole, for its name.
            content.seek(0)
            content = ContentFile(lean(content.read().decode()).encode())
        return str(super()._save(name, content))


def lean(sheet: str) -> str:
    """A style sheet without its comments and its indentation; none of ours has either inside a string."""
    return _FOR_READERS.sub("", sheet)
