"""Some lines of text."""
