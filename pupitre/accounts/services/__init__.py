"""What may be done with an account: create, open, enter, change, close its devices."""
