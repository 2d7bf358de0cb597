from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "pupitre.integrations.api"
    label = "api"

    def ready(self) -> None:
        """Offer its scopes to the provider, its accesses and its words to « Mes services », and hear of merged records."""
        from pupitre.integrations.api import listeners  # noqa: F401
        from pupitre.integrations.api.queries.held import holds, reach
        from pupitre.integrations.api.scopes import READING, SCOPES
        from pupitre.integrations.api.services.agreeing import agree, agreed, open_to
        from pupitre.integrations.oidc.scopes import ScopeSource, offer_scopes
        from pupitre.integrations.services.attributes import offer_read
        from pupitre.integrations.services.holds import offer_holds

        offer_scopes(ScopeSource(tuple(SCOPES), open_to, agreed, agree))
        offer_holds(holds, reach)
        offer_read({key: SCOPES[key].label for key in READING})
