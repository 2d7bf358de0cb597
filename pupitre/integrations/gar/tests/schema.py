"""The schemas of the GAR, read where they are: they are the ministry’s, and never in this repository."""

import os
from pathlib import Path

_SAMPLES = os.environ.get("PUPITRE_PUBLIC_SAMPLES", "")
PLACE = os.environ.get("PUPITRE_GAR_SCHEMAS", "") or (str(Path(_SAMPLES).parent / "xsd" / "gar") if _SAMPLES else "")
IS_THERE = bool(PLACE) and (Path(PLACE) / "GAR-ENT.xsd").is_file()
WHY = "neither PUPITRE_GAR_SCHEMAS nor PUPITRE_PUBLIC_SAMPLES leads to the schemas of the GAR"
