from django.urls import path

from pupitre.news.views import following, reading, writing

app_name = "news_of_school"
urlpatterns = [
    path("ecrire/", writing.write, name="write"),
    path("suivre/", following.manage, name="manage"),
    path("regles/", following.rules, name="rules"),
    path("<int:pk>/", reading.news, name="news"),
    path("<int:pk>/repondre/", reading.respond, name="answer"),
    path("<int:pk>/modifier/", writing.edit, name="edit"),
    path("<int:pk>/lecteurs/", following.readers, name="readers"),
    path("<int:pk>/suite/", following.act, name="act"),
]
