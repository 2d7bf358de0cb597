"""Drawing activation codes; a code printed anew voids the former one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from django.db import transaction

from pupitre.accounts.codes import draw_code, hash_of
from pupitre.accounts.models import ActivationCode, User
from pupitre.foundation import clock

VALIDITY = dt.timedelta(days=90)
"""As the letters of ÉduConnect: three months."""


class Proof(Protocol):
    """What is asked beside the code: one of these birth dates (none: nothing is asked)."""

    @property
    def dates(self) -> tuple[dt.date, ...]: ...

    @property
    def is_child(self) -> bool: ...


@transaction.atomic
def issue_codes(users: Sequence[User], *, proofs: Mapping[int, Proof]) -> dict[int, str]:
    """Draw a code for each user, void their former ones; the codes by user id, to be printed and forgotten.

    `proofs`: by user id. Two statements, whatever their number.
    """
    ActivationCode.objects.filter(user__in=users, used_at=None).delete()
    now = clock.now()
    codes = {user.pk: draw_code() for user in users}
    ActivationCode.objects.bulk_create(
        ActivationCode(
            user=user,
            code_hash=hash_of(codes[user.pk]),
            proof_dates=list(proofs[user.pk].dates),
            proof_is_child=proofs[user.pk].is_child,
            created_at=now,
            expires_at=now + VALIDITY,
        )
        for user in users
    )
    return codes
