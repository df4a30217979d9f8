"""The number of a resident identity card."""
