from django.urls import path

from pupitre.timetable.views import feeds

app_name = "calendars"
urlpatterns = [path("calendriers/<str:place>/<str:key>.ics", feeds.feed, name="feed")]
