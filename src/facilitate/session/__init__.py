"""Floor 3: use cases, one module each. They never call each other."""
