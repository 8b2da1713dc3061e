"""Floor 5: the command line, where everything is put together."""
