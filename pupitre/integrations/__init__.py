"""Exchanges with outside systems: one adapter for each, and the imports they feed."""
