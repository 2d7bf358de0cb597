from django.urls import path

from pupitre.integrations.oidc.views import authorize, leaving, tokens

app_name = "oidc"
urlpatterns = [
    path(".well-known/openid-configuration", tokens.configuration, name="configuration"),
    path("oidc/authorize", authorize.authorize, name="authorize"),
    path("oidc/token", tokens.token, name="token"),
    path("oidc/userinfo", tokens.user_info, name="userinfo"),
    path("oidc/jwks", tokens.jwks, name="jwks"),
    path("oidc/revoke", tokens.revocation, name="revoke"),
    path("oidc/logout", leaving.logout, name="logout"),
]
