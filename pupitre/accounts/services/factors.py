"""The second factor of an account: six-digit codes of a telephone (TOTP, RFC 6238) and recovery codes. Passkeys are beside.

A wrong code counts against the account; five in a row rest its second factor for fifteen minutes.
"""

import datetime as dt
import hmac
from dataclasses import dataclass

import pyotp
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from pupitre.accounts.codes import draw_code, normalise
from pupitre.accounts.models import CodeGenerator, Passkey, RecoveryCode, Session, User
from pupitre.accounts.sealing import seal, unseal
from pupitre.accounts.services.tries import count_failure, forget, resting_until_at
from pupitre.foundation import audit, clock

STEP = 30
"""Seconds that a code is shown."""
RECOVERY_CODES = 10
ISSUER = "Pupitre"


@dataclass
class WrongCode(ValueError):
    """This code opens nothing; `until`: too many were wrong, the second factor rests until then."""

    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account shows besides its password. `recovery`: how many codes of the paper are left."""

    codes: bool
    passkeys: list[Passkey]
    recovery: int

    def __bool__(self) -> bool:
        return self.codes or bool(self.passkeys)


def factors_of(user: User) -> Factors:
    """Three statements."""
    generator = CodeGenerator.objects.filter(user=user).exclude(confirmed_at=None)
    passkeys = list(Passkey.objects.filter(user=user).order_by("created_at"))
    return Factors(generator.exists(), passkeys, RecoveryCode.objects.filter(user=user, used_at=None).count())


def has_factor(user: User) -> bool:
    """Whether the password alone is not enough; one statement."""
    shown = Q(passkeys__isnull=False) | Q(code_generator__confirmed_at__isnull=False)
    return User.objects.filter(shown, pk=user.pk).exists()


@transaction.atomic
def begin_codes(user: User) -> str:
    """The secret to show as a square: that of a setting under way, so that a page read again shows the same, else a new one."""
    kept = CodeGenerator.objects.select_for_update().filter(user=user).first()
    if kept is not None and kept.confirmed_at is None:
        return unseal(kept.sealed).decode()
    secret = pyotp.random_base32()
    if kept is None:
        CodeGenerator.objects.create(user=user, sealed=seal(secret.encode()), created_at=clock.now())
    return secret


def address_of(user: User, secret: str) -> str:
    """What the square says (`otpauth://`), read by every application of codes."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=user.username, issuer_name=ISSUER)


def confirm_codes(user: User, typed: str, *, stay: str) -> None:
    """A first right code ends the setting; the other devices are signed out. Raises WrongCode."""
    # Outside the transaction: a wrong code is counted, whatever comes after.
    _check_code(user, typed, confirmed=False)
    with transaction.atomic():
        CodeGenerator.objects.filter(user=user).update(confirmed_at=clock.now())
        factor_added(user, "codes", stay=stay)


def factor_added(user: User, kind: str, *, stay: str) -> None:
    """The other devices had shown the password alone: they are signed out."""
    Session.objects.filter(user=user).exclude(session_key=stay).delete()
    audit.record(None, "accounts.add_factor", user, kind=kind)


@transaction.atomic
def remove_codes(user: User) -> bool:
    """Codes of the telephone are asked no more; with the last factor go the recovery codes and the trusted devices."""
    gone = CodeGenerator.objects.filter(user=user).delete()[0] > 0
    if gone:
        audit.record(None, "accounts.remove_factor", user, kind="codes")
        forget_rest(user)
    return gone


def forget_rest(user: User) -> None:
    """Recovery codes and trusted devices mean nothing without a factor."""
    if not has_factor(user):
        user.recovery_codes.all().delete()
        user.trusted_devices.all().delete()


@transaction.atomic
def draw_recovery_codes(user: User) -> list[str]:
    """Ten new codes, to be printed and forgotten; the former ones are void."""
    user.recovery_codes.all().delete()
    codes = [draw_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=_hash(user, code)) for code in codes)
    audit.record(None, "accounts.draw_recovery_codes", user)
    return codes


def verify(user: User, typed: str) -> str:
    """Take a code of the telephone (« codes ») or of the paper (« recovery »). Raises WrongCode."""
    plain = "".join(typed.split())
    if plain.isdecimal() and len(plain) == 6:
        _check_code(user, plain, confirmed=True)
        return "codes"
    until = resting_until_at(counter_of(user))
    if until:
        raise WrongCode(until)
    used = normalise(typed) and RecoveryCode.objects.filter(
        user=user, code_hash=_hash(user, typed), used_at=None
    ).update(used_at=clock.now())
    if not used:
        raise WrongCode(count_failure(counter_of(user), user))
    forget(counter_of(user))
    audit.record(None, "accounts.use_recovery_code", user)
    return "recovery"


def counter_of(user: User) -> str:
    """In capital letters, which no typed name has: nobody rests another's second factor from the sign-in page."""
    return f"2F:{user.pk}"


def _check_code(user: User, typed: str, *, confirmed: bool) -> None:
    until = resting_until_at(counter_of(user))
    if until:
        raise WrongCode(until)
    generator = CodeGenerator.objects.filter(user=user, confirmed_at__isnull=not confirmed).first()
    step = _step_of(generator, typed) if generator else None
    # In one statement: of two browsers that send the same code, one enters.
    taken = step is not None and CodeGenerator.objects.filter(user=user, last_step__lt=step).update(last_step=step)
    if not taken:
        raise WrongCode(count_failure(counter_of(user), user))
    forget(counter_of(user))


def _step_of(generator: CodeGenerator, typed: str) -> int | None:
    """The half-minute whose code this is: the present one, the one before (slow fingers) or the next (a clock that is fast)."""
    codes = pyotp.TOTP(unseal(generator.sealed).decode(), interval=STEP)
    # A telephone knows the clock of the world, whatever that of the house tells.
    now = int(clock.in_world(clock.now()).timestamp()) // STEP
    plain = "".join(typed.split())
    for step in (now, now - 1, now + 1):
        if plain.isascii() and hmac.compare_digest(codes.generate_otp(step), plain):
            return step
    return None


def _hash(user: User, code: str) -> bytes:
    return salted_hmac("pupitre.recovery", f"{user.pk}:{normalise(code)}", algorithm="sha256").digest()
