"""Rows of questions, as many as there are things to tell of."""
