from django.apps import AppConfig


class CasConfig(AppConfig):
    name = "pupitre.integrations.cas"
    label = "cas"

    def ready(self) -> None:
        """Hear that a session ends."""
        from pupitre.integrations.cas import listeners  # noqa: F401
