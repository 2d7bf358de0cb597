"""Tables that schools fill in themselves, in Pupitre's own columns: guardians, where there is no SIECLE."""

from pupitre.integrations.tabular.guardians import read, recognises

__all__ = ["read", "recognises"]
