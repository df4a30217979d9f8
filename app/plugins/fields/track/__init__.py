"""A way that somebody went."""
