"""What others know of who is there: ÉduConnect and the guichets of staff, by OpenID Connect and SAML. They open, never create."""
