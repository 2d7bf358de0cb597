from django.apps import AppConfig


class LsuConfig(AppConfig):
    name = "pupitre.integrations.lsu"
    label = "lsu"
