from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PronoteConfig(AppConfig):
    name = "pupitre.integrations.pronote"
    label = "pronote"

    def ready(self) -> None:
        """Offer to read PRONOTE, and its line on the console."""
        from pupitre.directory.profiles import Profile
        from pupitre.integrations.pronote.lines import lines_of
        from pupitre.integrations.pronote.services.asking import KEY, ask_pronote
        from pupitre.integrations.services.connectors import offer_lines
        from pupitre.integrations.services.readers import Reader, offer_reader

        offer_reader(Reader(KEY, _("PRONOTE"), ask_pronote, frozenset({Profile.STUDENT, Profile.GUARDIAN}), model=KEY))
        offer_lines(KEY, lines_of)
