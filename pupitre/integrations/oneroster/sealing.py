"""Files name minors: they are kept sealed."""

from pupitre.foundation.sealing import Seal

_seal = Seal(b"oneroster")
seal, unseal = _seal.seal, _seal.unseal
