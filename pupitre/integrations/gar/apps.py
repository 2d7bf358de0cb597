from django.apps import AppConfig


class GarConfig(AppConfig):
    name = "pupitre.integrations.gar"
    label = "gar"

    def ready(self) -> None:
        """Listen to the directory."""
        from pupitre.integrations.gar import listeners  # noqa: F401
