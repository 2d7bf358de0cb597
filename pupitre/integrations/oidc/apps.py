from django.apps import AppConfig


class OidcConfig(AppConfig):
    name = "pupitre.integrations.oidc"
    label = "oidc"

    def ready(self) -> None:
        """Hear that a session ends."""
        from pupitre.integrations.oidc import listeners  # noqa: F401
