from django.urls import path

from pupitre.discipline.views import detentions, incidents, punishments, record, sanctions

app_name = "discipline"
urlpatterns = [
    path("suivi/", record.week, name="week"),
    path("suivi/mien/", record.mine, name="mine"),
    path("suivi/enfants/", record.children, name="children"),
    path("suivi/eleve/<int:pk>/", record.record, name="record"),
    path("punitions/", punishments.punishments, name="punishments"),
    path("punitions/donner/", punishments.choose, name="choose"),
    path("punitions/donner/classe/<int:pk>/", punishments.choose, name="choose_in_class"),
    path("punitions/donner/eleve/<int:pk>/", punishments.give, name="give"),
    path("punitions/<int:pk>/", punishments.punishment, name="punishment"),
    path("punitions/<int:pk>/suite/", punishments.follow, name="follow"),
    path("punitions/<int:pk>/lu/", punishments.read, name="read_punishment"),
    path("punitions/<int:pk>/retenue/", detentions.plan_one, name="plan"),
    path("retenues/", detentions.detentions, name="detentions"),
    path("retenues/creneaux/", detentions.slots, name="slots"),
    path("retenues/<int:pk>/", detentions.note, name="note"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/signaler/", incidents.report_one, name="report"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/personnes/", incidents.involve_one, name="involve"),
    path("incidents/<int:pk>/suite/", incidents.handle, name="handle"),
    path("sanctions/", sanctions.sanctions, name="sanctions"),
    path("sanctions/registre/", sanctions.register, name="register"),
    path("sanctions/delais/", sanctions.delays, name="delays"),
    path("sanctions/eleve/<int:pk>/", sanctions.decide_one, name="decide"),
    path("sanctions/<int:pk>/", sanctions.sanction, name="sanction"),
    path("sanctions/<int:pk>/suite/", sanctions.act, name="act"),
    path("sanctions/<int:pk>/lu/", sanctions.read, name="read_sanction"),
    path("sanctions/<int:pk>/effacement/", sanctions.ask, name="ask_erasure"),
]
