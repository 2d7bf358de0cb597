import pytest
from cryptography.fernet import InvalidToken

from pupitre.foundation.sealing import Seal


def test_what_is_sealed_is_read_again_for_the_same_purpose_only():
    sealed = Seal(b"one").seal("Inès".encode())
    assert "Inès".encode() not in sealed
    assert Seal(b"one").unseal(memoryview(sealed)).decode() == "Inès"
    with pytest.raises(InvalidToken):
        Seal(b"two").unseal(sealed)
