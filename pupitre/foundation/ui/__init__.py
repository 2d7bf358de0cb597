"""The look: Jinja2 environment, base page and shell, macros, icons, fonts, display settings."""
