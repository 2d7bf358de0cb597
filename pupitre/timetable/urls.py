from django.urls import path

from pupitre.timetable.views import feeds, weeks

app_name = "timetable"
urlpatterns = [
    path("emploi-du-temps/", weeks.week, name="week"),
    path("emploi-du-temps/enfant/<int:pk>/", weeks.child_week, name="child_week"),
    path("emploi-du-temps/classe/<int:pk>/", weeks.group_week, name="group_week"),
    path("emploi-du-temps/abonnements/", feeds.subscriptions, name="subscriptions"),
    path("emploi-du-temps/abonnements/<int:pk>/ouvrir/", feeds.subscribe, name="subscribe"),
    path("emploi-du-temps/abonnements/<int:pk>/fermer/", feeds.unsubscribe, name="unsubscribe"),
]
