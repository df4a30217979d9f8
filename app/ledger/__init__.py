"""The ledger and everything else that is stored, with Tortoise ORM on SQLite and PostgreSQL."""

from app.ledger.store import Kept, Store, file_url, open_database, open_store

__all__ = ["Kept", "Store", "file_url", "open_database", "open_store"]
