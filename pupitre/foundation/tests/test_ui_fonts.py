from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from pupitre.foundation.ui.fonts import FACES, build_fonts


def test_fonts_are_light_and_built_when_they_must_be(tmp_path: Path) -> None:
    assert build_fonts(tmp_path) == [face.name for face in FACES]
    assert build_fonts(tmp_path) == []
    for face in FACES:
        path = tmp_path / "fonts" / f"{face.name}.woff2"
        assert path.stat().st_size < 45_000
        known = TTFont(BytesIO(path.read_bytes())).getBestCmap()
        assert all(ord(letter) in known for letter in "àâçéèêëîïôùûüÿœæŒÀÉÇ’«» –—…")

    # A missing one is built again, alone.
    (tmp_path / "fonts" / "atkinson-bold.woff2").unlink()
    assert build_fonts(tmp_path) == ["atkinson-bold"]
