"""A telephone number."""
