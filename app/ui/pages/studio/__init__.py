"""Drafts of the regulation: their files, layers, impact, publication; the sandbox."""
