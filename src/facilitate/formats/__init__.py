"""Floor 1: text and bytes to core values and back. Never a path."""
