from django.urls import path

from pupitre.integrations.gar.views import access

app_name = "gar_access"
urlpatterns = [
    path("", access.access, name="access"),
    path("deposer/", access.deliver, name="deliver"),
    path("cle/", access.renew, name="renew_key"),
    path("comptes-rendus/", access.fetch, name="fetch_reports"),
    path("comptes-rendus/<int:pk>/", access.report, name="report"),
    path("comptes-rendus/<int:pk>/fichier/", access.report_file, name="report_file"),
]
