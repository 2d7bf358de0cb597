from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "pupitre.integrations.services"
    label = "services"

    def ready(self) -> None:
        """Listen to the directory."""
        from pupitre.integrations.services import listeners  # noqa: F401
