"""A line of text."""
