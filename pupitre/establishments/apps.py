from django.apps import AppConfig


class EstablishmentsConfig(AppConfig):
    name = "pupitre.establishments"
