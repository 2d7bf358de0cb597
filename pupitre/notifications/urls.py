from django.urls import path

from pupitre.notifications.views import browsers, lists, live, preferences

app_name = "notifications"
urlpatterns = [
    path("notifications/", lists.notices, name="list"),
    path("notifications/<int:pk>/", lists.open_notice, name="open"),
    path("notifications/lues/", lists.read_all, name="read_all"),
    path("notifications/preferences/", preferences.preferences, name="preferences"),
    path("notifications/preferences/heures/", preferences.times, name="times"),
    path("notifications/silence/", preferences.silence, name="silence"),
    path("notifications/silence/<int:pk>/fin/", preferences.end_silence, name="end_silence"),
    path("notifications/appareils/", browsers.accept, name="accept"),
    path("notifications/appareils/essai/", browsers.trial, name="trial"),
    path("notifications/appareils/<int:pk>/oublier/", browsers.forget, name="forget"),
    path("evenements/", live.events, name="events"),
    path("evenements/compteurs/", live.counts, name="counts"),
    path("sw.js", browsers.worker, name="worker"),
]
