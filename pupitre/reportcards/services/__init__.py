"""Writes, by what people do: write texts, fill the council’s part, publish, acknowledge."""
