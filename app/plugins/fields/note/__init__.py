"""A sentence to the reader; it asks for nothing."""
