from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter

from config.converters import UaiConverter

register_converter(UaiConverter, "uai")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pupitre.portal.urls")),
    path("", include("pupitre.accounts.urls")),
    path("", include("pupitre.notifications.urls")),
    path("messages/", include("pupitre.messaging.urls")),
    path("actualites/", include("pupitre.news.urls")),
    path("rencontres/", include("pupitre.meetings.urls")),
    path("affichage/", include("pupitre.foundation.ui.urls")),
    path("etablissements/", include("pupitre.directory.urls_schools")),
    path("<uai:uai>/", include("pupitre.directory.urls")),
    path("<uai:uai>/comptes/", include("pupitre.directory.urls_accounts")),
    path("<uai:uai>/", include("pupitre.timetable.urls")),
    path("", include("pupitre.timetable.urls_feeds")),
    path("", include("pupitre.timetable.urls_family")),
    path("<uai:uai>/", include("pupitre.notifications.urls_school")),
    path("", include("pupitre.attendance.urls")),
    path("<uai:uai>/notes/", include("pupitre.gradebook.urls")),
    path("<uai:uai>/parcours/", include("pupitre.pathway.urls")),
    path("<uai:uai>/bulletins/", include("pupitre.reportcards.urls")),
    path("", include("pupitre.reportcards.urls_family")),
    path("<uai:uai>/conseils/", include("pupitre.councils.urls")),
    path("", include("pupitre.agenda.urls")),
    path("", include("pupitre.agenda.urls_feeds")),
    path("<uai:uai>/", include("pupitre.discipline.urls")),
    path("<uai:uai>/", include("pupitre.textbook.urls")),
    path("<uai:uai>/messages/", include("pupitre.messaging.urls_school")),
    path("<uai:uai>/actualites/", include("pupitre.news.urls_school")),
    path("<uai:uai>/photos/", include("pupitre.portraits.urls")),
    path("<uai:uai>/rencontres/", include("pupitre.meetings.urls_school")),
    path("<uai:uai>/reservations/", include("pupitre.booking.urls")),
    path("<uai:uai>/fichiers/", include("pupitre.files.urls")),
    path("<uai:uai>/imports/", include("pupitre.integrations.imports.urls")),
    path("<uai:uai>/services/", include("pupitre.integrations.services.urls")),
    path("<uai:uai>/services/", include("pupitre.integrations.oidc.urls_school")),
    path("<uai:uai>/services/moodle/", include("pupitre.integrations.moodle.urls")),
    path("cas/", include("pupitre.integrations.cas.urls")),
    path("", include("pupitre.integrations.oidc.urls")),
    path("lti/", include("pupitre.integrations.lti.urls")),
    path("<uai:uai>/", include("pupitre.integrations.lti.urls_school")),
    path("", include("pupitre.integrations.federation.urls")),
    path("fournisseurs/", include("pupitre.integrations.federation.urls_console")),
    path("mes-services/", include("pupitre.integrations.services.urls_mine")),
    path("<uai:uai>/annuaire-academique/", include("pupitre.integrations.aaf.urls")),
    path("<uai:uai>/reprise/", include("pupitre.integrations.takeover.urls")),
    path("<uai:uai>/lsu/", include("pupitre.integrations.lsu.urls")),
    path("<uai:uai>/brevet/", include("pupitre.integrations.dnb.urls")),
    path("<uai:uai>/gar/", include("pupitre.integrations.gar.urls")),
    path("<uai:uai>/mediacentre/", include("pupitre.integrations.gar.urls_resources")),
    path("gar/", include("pupitre.integrations.gar.urls_access")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
