from django.urls import path

from pupitre.timetable.views import feeds, lessons, office, placements, substitution, weeks

app_name = "timetable"
urlpatterns = [
    path("emploi-du-temps/", weeks.week, name="week"),
    path("emploi-du-temps/enfant/<int:pk>/", weeks.child_week, name="child_week"),
    path("emploi-du-temps/classe/<int:pk>/", weeks.group_week, name="group_week"),
    path("emploi-du-temps/professeur/<int:pk>/", weeks.teacher_week, name="teacher_week"),
    path("emploi-du-temps/salle/<int:pk>/", weeks.room_week, name="room_week"),
    path("emploi-du-temps/bureau/", office.office, name="office"),
    path("emploi-du-temps/bureau/plusieurs/", office.several, name="several"),
    path("emploi-du-temps/bureau/ajouter/<int:pk>/", office.add, name="add"),
    path("emploi-du-temps/bureau/delais/", office.delays, name="delays"),
    path("emploi-du-temps/bureau/absences/", substitution.teacher_absences, name="teacher_absences"),
    path("emploi-du-temps/bureau/absences/<int:pk>/", substitution.teacher_absence, name="teacher_absence"),
    path("emploi-du-temps/bureau/stages/", placements.placements, name="placements"),
    path("emploi-du-temps/bureau/stages/<int:pk>/", placements.placement, name="placement"),
    path("emploi-du-temps/remplacement/<int:pk>/", substitution.offer, name="offer"),
    path("emploi-du-temps/seance/<int:course>/<str:day>/<str:hour>/", lessons.lesson, name="lesson"),
    path("emploi-du-temps/abonnements/", feeds.subscriptions, name="subscriptions"),
    path("emploi-du-temps/abonnements/<int:pk>/ouvrir/", feeds.subscribe, name="subscribe"),
    path("emploi-du-temps/abonnements/<int:pk>/fermer/", feeds.unsubscribe, name="unsubscribe"),
]
