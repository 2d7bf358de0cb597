"""Who calls, and what is read for them: by the policies and the queries of the pages of families."""
