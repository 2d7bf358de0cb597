"""Secrets of second factors and of what signs people in, sealed."""

from pupitre.foundation.sealing import Seal

_SEAL = Seal(b"pupitre.factors")
seal, unseal = _SEAL.seal, _SEAL.unseal
