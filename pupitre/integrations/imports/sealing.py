"""Files of minors at rest, sealed and opened only to be read."""

from pupitre.foundation.sealing import Seal

_SEAL = Seal(b"pupitre.imports")
seal, unseal = _SEAL.seal, _SEAL.unseal
