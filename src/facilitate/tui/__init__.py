"""Floor 4: the full-screen interface, and the only place where Textual and Rich exist."""
