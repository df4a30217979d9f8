"""A number with decimals."""
