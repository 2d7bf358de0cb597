from django.urls import path

from pupitre.timetable import views

app_name = "timetable"
urlpatterns = [
    path("emploi-du-temps/", views.week, name="week"),
    path("emploi-du-temps/enfant/<int:pk>/", views.child_week, name="child_week"),
    path("emploi-du-temps/classe/<int:pk>/", views.group_week, name="group_week"),
]
