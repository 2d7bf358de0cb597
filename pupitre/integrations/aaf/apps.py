from django.apps import AppConfig


class AafConfig(AppConfig):
    name = "pupitre.integrations.aaf"
    label = "aaf"
