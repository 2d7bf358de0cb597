from django.apps import AppConfig


class GarConfig(AppConfig):
    name = "pupitre.integrations.gar"
    label = "gar"

    def ready(self) -> None:
        """Listen to the directory, and offer to read resources."""
        from pupitre.integrations.gar import asking, listeners  # noqa: F401

        asking.offer()
