from django.urls import path

from pupitre.agenda.views import feeds

app_name = "agendas"
urlpatterns = [path("calendriers/agenda/<str:place>/<str:key>.ics", feeds.feed, name="feed")]
