from django.urls import path

from pupitre.textbook.views import copies, exports, extra, following, progressions, reading, work, writing

app_name = "textbook"
urlpatterns = [
    path("cahier/", reading.notebook, name="notebook"),
    path("cahier/garder/", writing.autosave, name="autosave"),
    path("cahier/hors-service/", extra.extra, name="extra"),
    path("cahier/seance/<int:pk>/", reading.entry, name="entry"),
    path("cahier/seance/<int:pk>/modifier/", extra.edit_extra, name="edit_extra"),
    path("cahier/seance/<int:pk>/reporter/", extra.bump, name="bump"),
    path("cahier/eleve/<int:pk>/", reading.student_week, name="student_week"),
    path("cahier/lire/<int:pk>/", reading.book, name="book"),
    path("cahier/lire/<int:pk>/viser/", reading.sign_book, name="sign"),
    path("cahier/charge/<int:pk>/", following.load, name="load"),
    path("cahier/progressions/", progressions.progressions, name="progressions"),
    path("cahier/progressions/<int:pk>/", progressions.progression, name="progression"),
    path("cahier/progressions/<int:pk>/fichier/", progressions.download, name="progression_file"),
    path("cahier/archives/", exports.exports, name="exports"),
    path("cahier/archives/<int:year>/", exports.download, name="export"),
    path("cahier/<int:pk>/<str:day>/<str:hour>/", writing.session, name="session"),
    path("travail/", work.mine, name="mine"),
    path("travail/donne/", following.given, name="given"),
    path("travail/enfant/<int:pk>/", work.child, name="child"),
    path("travail/<int:pk>/", work.work, name="work"),
    path("travail/<int:pk>/dire/", work.tell, name="tell"),
    path("travail/<int:pk>/suivi/", following.follow, name="follow"),
    path("travail/<int:pk>/modifier/", following.edit, name="edit"),
    path("travail/<int:pk>/date/", following.redate, name="redate"),
    path("travail/<int:pk>/retirer/", following.remove, name="remove"),
    path("travail/<int:pk>/copies/", copies.download, name="copies"),
    path("travail/<int:pk>/copie/<int:student>/", following.copy, name="copy"),
    path("travail/<int:pk>/copie/<int:student>/delai/", following.more_time, name="more_time"),
]
