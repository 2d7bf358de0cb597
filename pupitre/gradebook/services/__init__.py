"""Writes, by what people do: assess, enter marks, publish, close a term, set the rules."""
