from django.urls import path

from pupitre.agenda.views import calendar, events, feeds, imports, meetings, outings, people

app_name = "agenda"
urlpatterns = [
    path("famille/agenda/", calendar.family, name="family"),
    path("<uai:uai>/agenda/", calendar.calendar, name="calendar"),
    path("<uai:uai>/agenda/nouveau/", events.new, name="new"),
    path("<uai:uai>/agenda/<int:pk>/", events.event, name="event"),
    path("<uai:uai>/agenda/<int:pk>/modifier/", events.edit, name="edit"),
    path("<uai:uai>/agenda/<int:pk>/annuler/", events.cancel_event, name="cancel"),
    path("<uai:uai>/agenda/<int:pk>/reponse/", events.answer_event, name="answer"),
    path("<uai:uai>/agenda/<int:pk>/participants/", people.people, name="people"),
    path("<uai:uai>/agenda/sorties/", outings.outings, name="outings"),
    path("<uai:uai>/agenda/sorties/nouvelle/", outings.new, name="outing_new"),
    path("<uai:uai>/agenda/<int:pk>/sortie/", outings.edit, name="outing_edit"),
    path("<uai:uai>/agenda/<int:pk>/sortie/geste/", outings.step, name="outing_step"),
    path("<uai:uai>/agenda/<int:pk>/sortie/decision/", outings.decide, name="outing_decide"),
    path("<uai:uai>/agenda/<int:pk>/sortie/urgence/", outings.emergency, name="emergency"),
    path("<uai:uai>/agenda/<int:pk>/sortie/presence/", outings.presence, name="presence"),
    path("<uai:uai>/agenda/<int:pk>/sortie/repas/", outings.meals, name="meals"),
    path("<uai:uai>/agenda/accord/<int:pk>/", outings.consent, name="consent"),
    path("<uai:uai>/agenda/conseils/", meetings.councils, name="councils"),
    path("<uai:uai>/agenda/conseils/nouveau/", meetings.plan, name="council_new"),
    path("<uai:uai>/agenda/<int:pk>/convoquer/", meetings.call, name="call"),
    path("<uai:uai>/agenda/<int:pk>/releve/", meetings.minutes, name="minutes"),
    path("<uai:uai>/agenda/abonnement/", feeds.subscription, name="subscription"),
    path("<uai:uai>/agenda/abonnement/ouvrir/", feeds.subscribe, name="subscribe"),
    path("<uai:uai>/agenda/abonnement/<int:pk>/fermer/", feeds.unsubscribe, name="unsubscribe"),
    path("<uai:uai>/agenda/export.ics", feeds.export, name="export"),
    path("<uai:uai>/agenda/import/", imports.upload, name="import"),
    path("<uai:uai>/agenda/import/<int:pk>/", imports.review, name="review"),
    path("<uai:uai>/agenda/import/<int:pk>/retirer/", imports.remove, name="forget"),
]
