from django.apps import AppConfig


class GarConfig(AppConfig):
    name = "pupitre.integrations.gar"
    label = "gar"

    def ready(self) -> None:
        """Listen to the directory, offer to read resources, and the number that goes with a sign-on."""
        from pupitre.integrations.gar import asking, listeners, numbers  # noqa: F401
        from pupitre.integrations.gar.lines import lines_of
        from pupitre.integrations.services.connectors import offer_lines

        asking.offer()
        numbers.offer()
        offer_lines("gar", lines_of)
