from django.urls import path

from pupitre.meetings.views import evening, family, office, preparing

app_name = "meetings_of_school"
urlpatterns = [
    path("", office.meetings, name="meetings"),
    path("nouvelle/", preparing.create, name="create"),
    path("<int:pk>/", family.family, name="family"),
    path("<int:pk>/voeux/", family.wishes, name="ask"),
    path("<int:pk>/reponse/", family.reply, name="reply"),
    path("<int:pk>/inscription/", family.take, name="take"),
    path("<int:pk>/rendez-vous.ics", family.calendar, name="calendar"),
    path("<int:pk>/reglages/", preparing.edit, name="edit"),
    path("<int:pk>/professeurs/", preparing.teachers, name="teachers"),
    path("<int:pk>/planning/", office.board, name="board"),
    path("<int:pk>/suite/", office.act, name="act"),
    path("<int:pk>/deplacer/<int:wish>/", office.move_one, name="move"),
    path("<int:pk>/soiree/<int:teacher>/", evening.receiving_list, name="evening"),
    path("<int:pk>/soiree/<int:teacher>/noter/<int:wish>/", evening.note, name="note"),
]
