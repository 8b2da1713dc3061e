"""The screens of the full-screen interface, a file each."""
