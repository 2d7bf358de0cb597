from django.apps import AppConfig


class DnbConfig(AppConfig):
    name = "pupitre.integrations.dnb"
    label = "dnb"
