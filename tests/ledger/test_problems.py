"""What a database's error is called."""

import sqlite3

import asyncpg
import pytest
from tortoise.exceptions import DBConnectionError, OperationalError

from app.domain.folding import fold
from app.ledger.database import failure
from app.ledger.instants import from_micros, to_micros
from app.ledger.rows import facet
from tests.store_suite.support import NOON


def _sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (_sqlite(sqlite3.SQLITE_BUSY), "E403"),
        (_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), "E403"),
        (_sqlite(sqlite3.SQLITE_FULL), "E405"),
        (_sqlite(sqlite3.SQLITE_READONLY_DIRECTORY), "E402"),
        (_sqlite(sqlite3.SQLITE_CORRUPT), "E408"),
        (_sqlite(sqlite3.SQLITE_IOERR_FSYNC), "E408"),
        (sqlite3.ProgrammingError("no code"), "E408"),
        (OperationalError(_sqlite(sqlite3.SQLITE_FULL)), "E405"),
        (asyncpg.DiskFullError(), "E405"),
        (asyncpg.DeadlockDetectedError(), "E403"),
        (asyncpg.ReadOnlySQLTransactionError(), "E402"),
        (asyncpg.InvalidPasswordError(), "E406"),
        (asyncpg.CannotConnectNowError(), "E406"),
        (asyncpg.ConnectionDoesNotExistError(), "E406"),
        (asyncpg.InterfaceError("closed"), "E406"),
        (asyncpg.UndefinedTableError(), "E408"),
        (DBConnectionError("no such database"), "E406"),
        (ConnectionRefusedError(), "E406"),
        (OperationalError(asyncpg.UndefinedTableError()), "E408"),
    ],
    ids=repr,
)
def test_an_error_of_a_database_has_its_code(error: Exception, code: str) -> None:
    assert failure(error) == code


def test_an_instant_without_an_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="offset"):
        to_micros(NOON.replace(tzinfo=None))
    assert from_micros(to_micros(NOON)) == NOON
    assert from_micros(-1) < from_micros(0)


def test_folding_makes_widths_and_cases_one() -> None:
    assert fold("ＡbＣ１２３") == fold("AbC123") == "abc123"
    assert fold("Straße") == fold("STRASSE")
    assert fold("漏水") == "漏水"


def test_a_facet_of_any_text_is_one_printable_token() -> None:
    for value in ("home", "长" * 500, "a\nb", "\x00", ""):
        token = facet("note", value)
        assert token.isprintable()
        assert len(token) <= 120
    assert facet("note", "长" * 500) != facet("note", "长" * 501)
