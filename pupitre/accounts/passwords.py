"""What makes a password good enough; the words fit an adult or a student."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pupitre.accounts.models import User

LONG, SHORT = 12, 8
MOST = 200
"""A longer one would only cost time to whoever checks it."""
_SAME = re.compile(r"(.)\1+")
_common = CommonPasswordValidator()
_similar = UserAttributeSimilarityValidator(user_attributes=("username", "display_name", "email"))


def shortest_for(user: User) -> int:
    """Characters that a password of this account needs: twelve for staff (IDN-3), eight for students and families."""
    return LONG if user.is_staff_account else SHORT


def problem_of(password: str, user: User) -> str:
    """What is wrong with a password and what to do, or nothing when it will do."""
    shortest = shortest_for(user)
    if len(password) < shortest:
        return _("Ce mot de passe est trop court : il faut au moins %(count)s caractères. Trois mots à la suite font "
                 "un bon mot de passe.") % {"count": shortest}  # fmt: skip
    if len(password) > MOST:
        return _("Ce mot de passe est trop long : %(count)s caractères au plus.") % {"count": MOST}
    if password.isdecimal() or _SAME.fullmatch(password):
        return _(
            "Ce mot de passe est trop facile à deviner. Il faut mélanger des lettres et des chiffres, ou des mots."
        )
    try:
        _common.validate(password)
    except ValidationError:
        return _("Ce mot de passe est parmi les plus utilisés, donc les premiers essayés. Il en faut un autre.")
    try:
        _similar.validate(password, user)
    except ValidationError:
        return _("Ce mot de passe ressemble trop au nom ou à l’identifiant. Il en faut un autre.")
    return ""
