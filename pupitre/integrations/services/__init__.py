"""The registry of third-party services: where each of them is, who may use it, and what it learns of them."""
