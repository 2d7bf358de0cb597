from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "pupitre.integrations.imports"
    label = "imports"
