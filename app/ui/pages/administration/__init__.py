"""Accounts, posts and the people who hold them."""
