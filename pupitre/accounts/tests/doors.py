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
    # Without a password just typed, the second step leads back to the first.
    door("accounts:verify", everyone=302),
    door("accounts:verify", "post", everyone=302),
    door("accounts:verify_passkey", "post", everyone=302),
    door("accounts:soon", everyone=302),
    door("accounts:factors", everyone=200, anonymous=302),
    # The sessions of this test are of people who typed no password: it is asked for first.
    door("accounts:set_codes", everyone=302),
    door("accounts:set_codes", "post", everyone=302),
    door("accounts:set_passkey", everyone=302),
    door("accounts:set_passkey", "post", everyone=302),
    door("accounts:remove_codes", "post", everyone=302, anonymous=401),
    door("accounts:remove_passkey", "post", at={"pk": 1}, everyone=302, anonymous=401),
    door("accounts:recovery_codes", "post", everyone=302, anonymous=401),
    door("accounts:trust_no_more", "post", at={"pk": 1}, everyone=302, anonymous=401),
    # Everyone has an account; nobody sees another's.
    door("accounts:account", everyone=200, anonymous=302),
    door("accounts:change_email", "post", everyone=422, anonymous=401),
    door("accounts:change_password", "post", everyone=422, anonymous=401),
    door("accounts:sign_out_others", "post", everyone=302, anonymous=401),
    door("accounts:sign_out_device", "post", at={"handle": "0123456789abcdef"}, everyone=302, anonymous=401),
]
