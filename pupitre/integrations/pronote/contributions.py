from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import PageLink, contribute

contribute(
    PageLink(
        "pronote.bridge",
        _("Lecture et rapprochement"),
        "echange",
        "pronote:bridge",
        "service",
        capability="services.view",
        state="model:pronote",
    ),
)
