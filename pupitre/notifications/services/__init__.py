"""Writing notices, putting them in envelopes, sending them; what people and schools decide about them."""
