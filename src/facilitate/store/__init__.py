"""Floor 2: files and folders. Bytes in and out, without knowing what they mean."""
