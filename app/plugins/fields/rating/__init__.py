"""How good something was, on a scale."""
