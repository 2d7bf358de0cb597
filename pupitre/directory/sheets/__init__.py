"""Paper: the sheets a school hands out, drawn by typst in memory."""
