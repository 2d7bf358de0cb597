from django.urls import path

from pupitre.notifications.views import school

app_name = "school_notifications"
urlpatterns = [
    path("horaires/", school.hours, name="hours"),
    path("horaires/rythmes/", school.rhythms, name="rhythms"),
    path("envois/", school.failures, name="failures"),
    path("envois/<int:pk>/regler/", school.settle, name="settle"),
]
