from django.urls import include, path

urlpatterns = [
    path("affichage/", include("pupitre.foundation.ui.urls")),
]
