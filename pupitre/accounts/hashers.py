from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with t=2, m=19 MiB, p=1 (OWASP's minimum): at 8:00 a whole region signs in on the same machines."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
