"""What news does when it hears from the directory."""

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.news.models import News, NewsAnswer, NewsReading


@follow(PeopleMerged)
def move_news(event: PeopleMerged) -> None:
    """What one wrote, read and answered goes with the record that stays."""
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(News.objects.all(), "author_id", event)
            hand_over(News.objects.all(), "decided_by_id", event)
            hand_over(NewsReading.objects.all(), "person_id", event, unlike=("news_id",))
            hand_over(NewsAnswer.objects.all(), "person_id", event, unlike=("news_id",))
