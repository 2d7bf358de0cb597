from tests.doors import door

DOORS = [
    # Without a service, sign in, then home.
    door("cas:login", everyone=302),
    door("cas:logout", everyone=200),
    # Services say who they are by what they hold; whoever has no ticket is told so, in the words of the protocol.
    door("cas:validate", everyone=200),
    door("cas:service_validate", everyone=200),
    door("cas:proxy_validate", everyone=200),
    door("cas:proxy", everyone=200),
    door("cas:saml_validate", "post", everyone=200),
    door("cas:p3_service_validate", everyone=200),
    door("cas:p3_proxy_validate", everyone=200),
]
