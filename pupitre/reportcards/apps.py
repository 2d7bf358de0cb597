from django.apps import AppConfig


class ReportcardsConfig(AppConfig):
    name = "pupitre.reportcards"
