"""Households, people and places: their lists, cards, changes, duplicates, and what to mend."""
