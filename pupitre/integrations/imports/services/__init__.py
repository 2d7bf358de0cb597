"""The gestures of an import: receive, analyse, decide, apply, undo."""
