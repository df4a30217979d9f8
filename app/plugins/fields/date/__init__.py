"""A day."""
