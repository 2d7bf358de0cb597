from django.urls import path

from pupitre.directory.views import accounts, arrivals, families, renewal, sheets, verification

app_name = "accounts_of_school"
urlpatterns = [
    path("", accounts.activation, name="activation"),
    path("classes/<int:pk>/", accounts.division, name="division"),
    path("classes/<int:pk>/fiches/", sheets.print_division, name="print_division"),
    path("personnels/", accounts.staff, name="staff"),
    path("personnels/fiches/", sheets.print_staff, name="print_staff"),
    path("mots-de-passe/", renewal.passwords, name="passwords"),
    path("double-verification/", verification.rule, name="second_factor"),
    path("personnes/<int:pk>/double-verification/", verification.reset, name="reset_second_factor"),
    path("ajouter/", arrivals.add, name="add"),
    path("ajoutees/", arrivals.typed, name="typed"),
    path("ajoutees/reconduire/", arrivals.renew, name="renew"),
    path("personnes/<int:pk>/", accounts.person, name="person"),
    path("personnes/<int:pk>/roles/<slug:profile>/", arrivals.role, name="role"),
    path("personnes/<int:pk>/fiche/", sheets.print_person, name="print_person"),
    path("personnes/<int:pk>/suspendre/", accounts.suspend_account, name="suspend"),
    path("personnes/<int:pk>/rouvrir/", accounts.reopen_account, name="reopen"),
    path("personnes/<int:pk>/enfants/", accounts.child_access, name="child_access"),
    path("personnes/<int:pk>/enfants/<int:child>/", families.access, name="access"),
    path("personnes/<int:pk>/enfants/<int:child>/fermer/", families.shut, name="shut"),
    path("personnes/<int:pk>/enfants/<int:child>/rouvrir/", families.reopen, name="open_again"),
]
