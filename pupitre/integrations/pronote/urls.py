from django.urls import path

from pupitre.integrations.pronote.views import console, lessons

app_name = "pronote"
urlpatterns = [
    path("", lessons.lessons, name="lessons"),
    path("<int:pk>/", console.bridge, name="bridge"),
    path("<int:pk>/lecture/", console.reading, name="reading"),
    path("<int:pk>/essayer/", console.attempt, name="attempt"),
    path("<int:pk>/convention/", console.partnership, name="partnership"),
    path("<int:pk>/rapprochement/", console.download, name="download"),
]
