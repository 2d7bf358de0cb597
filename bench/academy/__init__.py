"""An academy of any size, written straight into the tables: the same one for the same seed."""
