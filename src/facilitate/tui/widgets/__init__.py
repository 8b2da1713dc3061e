"""The widgets of the full-screen interface, a file each."""
