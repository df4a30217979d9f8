"""The relational core: tables of typed rows, derived from one another by eight operations."""
