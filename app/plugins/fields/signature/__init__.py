"""A signature, drawn with the finger."""
