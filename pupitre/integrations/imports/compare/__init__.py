"""Files against the school: what would be new, changed and gone. Reads the database through `known` only."""
