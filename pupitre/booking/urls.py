from django.urls import path

from pupitre.booking.views import board, mine, office, reserving

app_name = "booking"
urlpatterns = [
    path("", board.day, name="day"),
    path("libre/", board.free, name="free"),
    path("nouvelle/", reserving.create, name="create"),
    path("mes-reservations/", mine.mine, name="mine"),
    path("<int:pk>/", mine.detail, name="detail"),
    path("<int:pk>/annuler/", mine.cancel_one, name="cancel"),
    path("materiel/", office.equipment, name="equipment"),
    path("materiel/<int:pk>/", office.edit, name="edit"),
    path("materiel/<int:pk>/retirer/", office.take_back, name="withdraw"),
]
