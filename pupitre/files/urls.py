from django.urls import path

from pupitre.files.views import mine, opening, sending

app_name = "files"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("deposer/", mine.deposit, name="deposit"),
    path("envois/", sending.uploads, name="uploads"),
    path("envois/<int:pk>/", sending.upload, name="upload"),
    path("<int:pk>/", opening.open_file, name="open"),
    path("<int:pk>/apercu/", opening.preview, name="preview"),
    path("<int:pk>/ligne/", opening.row, name="row"),
    path("<int:pk>/supprimer/", mine.delete, name="delete"),
]
