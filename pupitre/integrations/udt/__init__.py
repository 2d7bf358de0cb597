"""UnDeuxTEMPS (UDT): the archive of numbered XML tables that it exports for other software."""

from pupitre.integrations.udt.archive import read_archive, recognises, refuse_alone

__all__ = ["read_archive", "recognises", "refuse_alone"]
