"""The ledger as people look at it: views, filters, one entry, many changed at once, taking back."""
