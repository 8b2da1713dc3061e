"""A full-screen companion for people who hold sessions."""

__version__ = "0.1.0"
"""The released version; the package metadata reads it from here."""
