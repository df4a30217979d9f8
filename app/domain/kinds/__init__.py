"""The kinds of declaration: each module holds a kind's frozen definition and its expansion into the core."""
