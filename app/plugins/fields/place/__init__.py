"""An address in the tree of places: grid, building, and what a community names below."""
