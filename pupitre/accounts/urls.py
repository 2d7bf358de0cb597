from django.urls import path

from pupitre.accounts.views import account, activation, factors, passwords, proving, second_factor, sign_in

app_name = "accounts"
urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("connexion/preuve/", proving.prove, name="prove"),
    path("connexion/verification/", second_factor.verify_code, name="verify"),
    path("connexion/verification/cle/", second_factor.verify_passkey, name="verify_passkey"),
    path("connexion/verification/bientot/", second_factor.soon, name="soon"),
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
    path("compte/verification/", factors.overview, name="factors"),
    path("compte/verification/codes/", factors.set_codes, name="set_codes"),
    path("compte/verification/codes/retirer/", factors.remove_codes, name="remove_codes"),
    path("compte/verification/cle/", factors.set_passkey, name="set_passkey"),
    path("compte/verification/cle/<int:pk>/", factors.remove_passkey, name="remove_passkey"),
    path("compte/verification/secours/", factors.recovery_codes, name="recovery_codes"),
    path("compte/verification/appareils/<int:pk>/", factors.trust_no_more, name="trust_no_more"),
]
