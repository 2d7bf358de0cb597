from django.urls import path

from pupitre.integrations.cas.views import sign_on, tickets

app_name = "cas"
# The addresses of the protocol: no slash at the end.
urlpatterns = [
    path("login", sign_on.login, name="login"),
    path("logout", sign_on.logout, name="logout"),
    path("validate", tickets.validate_1, name="validate"),
    path("serviceValidate", tickets.service_validate, name="service_validate"),
    path("proxyValidate", tickets.proxy_validate, name="proxy_validate"),
    path("proxy", tickets.proxy, name="proxy"),
    path("p3/serviceValidate", tickets.service_validate, name="p3_service_validate"),
    path("samlValidate", tickets.saml_validate, name="saml_validate"),
    path("p3/proxyValidate", tickets.proxy_validate, name="p3_proxy_validate"),
]
