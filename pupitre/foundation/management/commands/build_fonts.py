"""`build_fonts`: write the subset fonts beside the state, before `collectstatic`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pupitre.foundation.ui.fonts import build_fonts


class Command(BaseCommand):
    help = "Builds the web fonts into FONTS_BUILD_DIR; does nothing when they are up to date."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        built = build_fonts(Path(settings.FONTS_BUILD_DIR))
        self.stdout.write(f"Fonts built: {', '.join(built)}" if built else "Fonts are up to date.")
