"""The public API: what families may read with an application of theirs, as their pages show it."""
