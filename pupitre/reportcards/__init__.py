"""Report cards (bulletins): what teachers write of a term, the paper a family keeps, and its versions."""
