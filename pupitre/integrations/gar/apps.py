from django.apps import AppConfig


class GarConfig(AppConfig):
    name = "pupitre.integrations.gar"
    label = "gar"

    def ready(self) -> None:
        """Listen to the directory, offer to read resources, the number that goes with a sign-on, and what was told."""
        from pupitre.integrations.gar import asking, listeners, numbers  # noqa: F401
        from pupitre.integrations.gar.lines import lines_of
        from pupitre.integrations.gar.told import told_here
        from pupitre.integrations.services.connectors import offer_lines
        from pupitre.integrations.services.tellings import offer_tellings

        asking.offer()
        numbers.offer()
        offer_lines("gar", lines_of)
        offer_tellings("gar", told_here)
