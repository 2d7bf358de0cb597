from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "pupitre.integrations.federation"
    label = "federation"
