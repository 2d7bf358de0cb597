from django.urls import path

from demo import views
from demo.stands import views as stands

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("fichiers/<str:name>", views.trial_file, name="trial_file"),
    path("pronote/", stands.pronote_page, name="pronote"),
    path("pronote/donneesUtilisateur", stands.pronote_data, name="pronote_data"),
    path("moodle/webservice/rest/server.php", stands.moodle_data, name="moodle_data"),
    path("moodle/", stands.moodle_page, name="moodle"),
    path("moodle/<path:place>", stands.moodle_page, name="moodle_place"),
    path("<slug:slug>", views.become, name="enter"),
]
