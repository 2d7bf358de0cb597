from django.apps import AppConfig


class TakeOverConfig(AppConfig):
    name = "pupitre.integrations.takeover"
    label = "takeover"
