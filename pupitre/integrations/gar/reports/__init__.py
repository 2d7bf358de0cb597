"""Reports of the GAR, read whatever their form: an archive or a file, XML, a table, JSON or plain text. No Django.

Their form is not public. What is sought is what this house wrote itself (the numbers of people, codes of groups, names of
documents) and the few words that every report uses; the rest is left as it is, and said not to be understood.
"""
