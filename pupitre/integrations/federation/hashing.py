"""Keyed hashes of what providers and browsers hold."""

from django.utils.crypto import salted_hmac

from pupitre.integrations.federation.models import Provider


def hash_of(provider: Provider, subject: str) -> bytes:
    """What is kept of somebody's name elsewhere: 32 bytes, which mean nothing without the server's secret."""
    return salted_hmac("pupitre.federation.subject", f"{provider.pk}:{subject}", algorithm="sha256").digest()


def digest(kind: str, text: str) -> bytes:
    """What is kept of a state, of a browser or of an assertion."""
    return salted_hmac(f"pupitre.federation.{kind}", text, algorithm="sha256").digest()
