"""One printing process for all tests of printing: its start takes a second."""

from collections.abc import Iterator

import pytest

from app.printing import WeasyPrinter
from app.printing.press import Press


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.end()


@pytest.fixture(scope="session")
def printer(press: Press) -> WeasyPrinter:
    return WeasyPrinter(press=press)
