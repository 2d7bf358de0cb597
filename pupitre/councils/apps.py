from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "pupitre.councils"
