"""What every room stands on: clock, actors, policies, registry, audit, stamps, the look. Knows nothing of schools."""
