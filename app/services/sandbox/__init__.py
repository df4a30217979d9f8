"""A community with invented people, for trying things out."""
