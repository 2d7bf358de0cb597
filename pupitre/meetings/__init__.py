"""Evenings when parents meet teachers: wishes, a plan, who came."""
