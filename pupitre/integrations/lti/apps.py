from django.apps import AppConfig


class LtiConfig(AppConfig):
    name = "pupitre.integrations.lti"
    label = "lti"
