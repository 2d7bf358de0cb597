"""The LSU (livret scolaire unique) of the collège: what is missing, its XML, the files given; the end of a cycle."""
