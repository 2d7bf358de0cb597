"""Pages: what is written, the bulletin, its versions, what the head decides."""
