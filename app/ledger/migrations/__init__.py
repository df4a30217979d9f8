"""The schema's history: applied in order, in one transaction, when a store is opened."""
