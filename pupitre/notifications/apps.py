from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "pupitre.notifications"
