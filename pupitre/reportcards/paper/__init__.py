"""Paper: the bulletin that a family keeps, drawn by typst in memory, tagged for screen readers (PDF/UA-1)."""
