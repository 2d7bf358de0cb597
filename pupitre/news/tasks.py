"""The jobs of this room: each may be done twice."""

from procrastinate.contrib.django import app

from pupitre.news.services.publishing import TELL, tell


@app.task(name=TELL)
def tell_news(news: int, establishment: int) -> None:
    """Tell those a piece of news is for that it has begun."""
    tell(news, establishment)
