"""Drafts of a regulation: edits, forms of the editor, checks, publication."""
