from django.apps import AppConfig


class OneRosterConfig(AppConfig):
    name = "pupitre.integrations.oneroster"
    label = "oneroster"

    def ready(self) -> None:
        """Offer a line on the console of services, and the words for what a file tells."""
        from pupitre.integrations.oneroster.lines import lines_of
        from pupitre.integrations.oneroster.words import FACTS
        from pupitre.integrations.services.attributes import offer_filed
        from pupitre.integrations.services.connectors import offer_lines

        offer_lines("oneroster", lines_of)
        offer_filed(FACTS)
