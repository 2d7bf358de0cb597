from django.urls import path

from pupitre.integrations.oidc.views import console

app_name = "oidc_of_school"
urlpatterns = [
    path("<int:pk>/oidc/", console.client, name="client"),
    path("<int:pk>/oidc/secret/", console.secret, name="secret"),
]
