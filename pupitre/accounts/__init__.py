"""Accounts: signing in, devices, activation codes, forgotten passwords. Knows logins, not people."""
