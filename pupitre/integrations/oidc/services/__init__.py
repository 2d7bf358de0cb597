"""What the provider does: clients, codes, tokens, keys, the end of sessions."""
