from django.apps import AppConfig


class LtiConfig(AppConfig):
    name = "pupitre.integrations.lti"
    label = "lti"

    def ready(self) -> None:
        """Hear that a service moves."""
        from pupitre.integrations.lti import listeners  # noqa: F401
