from django.apps import AppConfig


class TextbookConfig(AppConfig):
    name = "pupitre.textbook"
