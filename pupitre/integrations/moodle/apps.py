from django.apps import AppConfig


class MoodleConfig(AppConfig):
    name = "pupitre.integrations.moodle"
    label = "moodle"

    def ready(self) -> None:
        """Listen to the directory, offer to read Moodle, and its line on the console."""
        from pupitre.integrations.moodle import listeners  # noqa: F401
        from pupitre.integrations.moodle.deadlines import DEADLINES
        from pupitre.integrations.moodle.lines import lines_of
        from pupitre.integrations.moodle.reader import READER
        from pupitre.integrations.services.connectors import offer_lines
        from pupitre.integrations.services.readers import offer_reader
        from pupitre.textbook.outside import offer_work_source

        offer_reader(READER)
        offer_work_source(DEADLINES)
        offer_lines("moodle", lines_of)
