"""The wiring, the only place that names every room: settings, addresses, the `pupitre` command."""
