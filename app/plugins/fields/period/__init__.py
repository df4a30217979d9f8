"""A period: a month, a quarter."""
