from django.urls import path

from pupitre.attendance.views import registers, roll_call

app_name = "attendance"
urlpatterns = [
    path("<uai:place>/appel/", roll_call.now, name="now"),
    path("<uai:place>/appel/<int:pk>/", roll_call.roll_call, name="roll_call"),
    path("<uai:place>/appel/<int:pk>/eleves/", roll_call.marks, name="marks"),
    path("<uai:uai>/appel/<int:pk>/suppression/", registers.cancel, name="cancel"),
    path("<uai:uai>/appel/jour/", registers.registers, name="registers"),
    path("<uai:uai>/appel/jour/relance/", registers.remind_teachers, name="remind"),
]
