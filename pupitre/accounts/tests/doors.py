from tests.doors import door

DOORS = [
    door("accounts:sign_in", everyone=302, anonymous=200),
    door("accounts:sign_in", "post", everyone=422),
    door("accounts:sign_out", "post", everyone=302),
    door("accounts:prove", everyone=200, anonymous=302),
    door("accounts:prove", "post", everyone=422, anonymous=401),
    door("accounts:code", everyone=200),
    door("accounts:code", "post", everyone=422),
    door("accounts:scanned", at={"typed": "AAAA-AAAA"}, everyone=422),
    # Without a code, these steps lead back to it.
    door("accounts:proof", everyone=422),
    door("accounts:proof", "post", everyone=422),
    door("accounts:first_password", everyone=422),
    door("accounts:first_password", "post", everyone=422),
    door("accounts:forgotten", everyone=200),
    door("accounts:forgotten", "post", everyone=422),
    door("accounts:renew", at={"token": "no-such-link"}, everyone=302),
    door("accounts:renew", "post", at={"token": "no-such-link"}, everyone=302),
    # Everyone has an account; nobody sees another's.
    door("accounts:account", everyone=200, anonymous=302),
    door("accounts:change_email", "post", everyone=422, anonymous=401),
    door("accounts:change_password", "post", everyone=422, anonymous=401),
    door("accounts:sign_out_others", "post", everyone=302, anonymous=401),
    door("accounts:sign_out_device", "post", at={"handle": "0123456789abcdef"}, everyone=302, anonymous=401),
]
