from django.urls import path, re_path

from pupitre.portal.views import arrange, home, school_homes

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("famille/", home.family, name="family"),
    path("famille/organiser/", arrange.family, name="arrange_family"),
    re_path(r"^(?P<place>[0-9]{7}[A-Za-z])/$", home.school, name="school"),
    re_path(r"^(?P<place>[0-9]{7}[A-Za-z])/organiser/$", arrange.school, name="arrange"),
    path("<uai:uai>/accueils/", school_homes.school_homes, name="school_homes"),
    path("<uai:uai>/accueils/<slug:audience>/", school_homes.school_home, name="school_home"),
]
