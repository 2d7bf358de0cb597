from django.urls import path

from pupitre.integrations.gar.views import resources

app_name = "gar_resources"
urlpatterns = [
    path("", resources.mediacentre, name="mediacentre"),
    path("actualiser/", resources.refresh, name="refresh"),
    path("favori/", resources.favourite, name="favourite"),
]
