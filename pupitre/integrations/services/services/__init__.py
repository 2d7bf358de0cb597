"""What is done to the registry: registering a service, opening it to a school, noting what happened."""
