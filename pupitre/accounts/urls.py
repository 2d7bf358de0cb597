from django.urls import path

from pupitre.accounts.views import account, activation, passwords, proving, sign_in

app_name = "accounts"
urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("connexion/preuve/", proving.prove, name="prove"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path("activation/", activation.code, name="code"),
    path("activation/verification/", activation.proof, name="proof"),
    path("activation/mot-de-passe/", activation.first_password, name="first_password"),
    path("activation/<str:typed>/", activation.scanned, name="scanned"),
    path("mot-de-passe/", passwords.forgotten, name="forgotten"),
    path("mot-de-passe/<str:token>/", passwords.renew, name="renew"),
    path("compte/", account.account, name="account"),
    path("compte/adresse/", account.change_email, name="change_email"),
    path("compte/mot-de-passe/", account.change_password, name="change_password"),
    path("compte/appareils/", account.sign_out_others, name="sign_out_others"),
    path("compte/appareils/<str:handle>/", account.sign_out_device, name="sign_out_device"),
]
