from django.urls import path

from pupitre.news.views import reading

app_name = "news"
urlpatterns = [path("", reading.feed, name="feed")]
