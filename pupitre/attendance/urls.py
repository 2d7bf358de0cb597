from django.urls import path

from pupitre.attendance.views import (
    alerts,
    annual,
    cases,
    entering,
    justify,
    record,
    registers,
    roll_call,
    where,
    year_file,
)

app_name = "attendance"
urlpatterns = [
    path("<uai:place>/appel/", roll_call.now, name="now"),
    path("<uai:place>/appel/<int:pk>/", roll_call.roll_call, name="roll_call"),
    path("<uai:place>/appel/<int:pk>/eleves/", roll_call.marks, name="marks"),
    path("<uai:uai>/appel/<int:pk>/suppression/", registers.cancel, name="cancel"),
    path("<uai:uai>/appel/jour/", registers.registers, name="registers"),
    path("<uai:uai>/appel/jour/relance/", registers.remind_teachers, name="remind"),
    path("<uai:uai>/absences/", cases.cases, name="cases"),
    path("<uai:uai>/absences/traiter/", cases.treat, name="treat"),
    path("<uai:uai>/absences/prevenir/", cases.tell, name="tell"),
    path("<uai:uai>/absences/saisir/", entering.enter_absence, name="enter"),
    path("<uai:uai>/absences/assiduite/", alerts.alerts, name="alerts"),
    path("<uai:uai>/absences/assiduite/courriers/", alerts.letters, name="letters"),
    path("<uai:uai>/absences/bilan/", annual.annual, name="annual"),
    path("<uai:uai>/absences/bilan.csv", annual.annual_csv, name="annual_csv"),
    path("<uai:uai>/absences/bilan.ods", annual.annual_ods, name="annual_ods"),
    path("<uai:uai>/absences/ou/", where.where, name="where"),
    path("<uai:uai>/absences/miennes/", record.mine, name="mine"),
    path("<uai:uai>/absences/eleve/<int:pk>/", record.record, name="record"),
    path("<uai:uai>/absences/eleve/<int:pk>/dossier/", year_file.year_file, name="year_file"),
    path("<uai:uai>/absences/<int:pk>/", cases.case, name="case"),
    path("<uai:uai>/absences/<int:pk>/decision/", cases.act, name="act"),
    path("<uai:uai>/absences/<int:pk>/contact/", cases.contact, name="contact"),
    path("<uai:uai>/justifier/<int:pk>/", justify.justify, name="justify"),
]
