from django.urls import path

from pupitre.integrations.lti.views import access, entering, line_items, links, manifests, members, picked

app_name = "lti"
urlpatterns = [
    path("authorize", entering.authorize, name="authorize"),
    path("token", access.token, name="token"),
    path(".well-known/openid-configuration", manifests.configuration, name="configuration"),
    path("inscription", manifests.registration, name="registration"),
    path("choix/<slug:client_id>", picked.picked, name="picked"),
    path("outil/<int:service>/", links.open_tool, name="open_tool"),
    path("<uai:place>/cours/<int:course>/membres", members.members, name="members"),
    path("<uai:place>/cours/<int:course>/notes", line_items.line_items, name="line_items"),
    path("<uai:place>/cours/<int:course>/notes/<uuid:uid>", line_items.line_item, name="line_item"),
    path("<uai:place>/cours/<int:course>/notes/<uuid:uid>/scores", line_items.scores, name="scores"),
    path("<uai:place>/cours/<int:course>/notes/<uuid:uid>/results", line_items.results, name="results"),
]
