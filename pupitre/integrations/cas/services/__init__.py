"""What is done with tickets: granting, validating, acting for somebody, ending."""
