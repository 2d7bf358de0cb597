"""The DNB (brevet): what the marks of the year are worth in it, and what the examination would have to give. Not official."""
