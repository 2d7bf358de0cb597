from django.apps import AppConfig


class PathwayConfig(AppConfig):
    name = "pupitre.pathway"
