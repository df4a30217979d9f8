"""The rows of one sheet that are about one person (or place) in one period, as they stand in an evaluation's tables."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from app.domain.kinds.sheet import Item, Sheet
from app.domain.kinds.sheet_plan import items_table, lines_table
from app.services.evaluate import Evaluation
from app.services.reasons.records import as_record, records


class SheetRows:
    """Reads items and lines of a sheet; `about` and `period` are the key of their tables."""

    def __init__(self, evaluation: Evaluation, sheet: Sheet, about: str, period: str) -> None:
        """Look at one sheet of `about`."""
        self.evaluation = evaluation
        self.sheet = sheet
        self.about = about
        self.period = period

    @cached_property
    def _lines(self) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
        """The rows for which points were given or taken, by item and line."""
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        table = lines_table(self.sheet.id)
        if self.evaluation.has(table):
            for row in records(self.evaluation, table):
                if row["about"] == self.about and row["period"] == self.period:
                    found.setdefault((row["item"], row["line"]), []).append(row)
        return found

    def of_line(self, path: tuple[str, ...], line: str) -> list[dict[str, Any]]:
        """Return the rows for which a line of the item at `path` gave or took points."""
        return self._lines.get(("/".join(path), line), [])

    def about_it(self, table: str) -> dict[str, Any] | None:
        """Return the one row of a table by person and period; None when there is no such table or row."""
        if not self.evaluation.has(table):
            return None
        row = self.evaluation.rows(table).get((self.about, self.period))
        return None if row is None else as_record(self.evaluation, table, row)

    def walk(self) -> Iterator[tuple[tuple[str, ...], Item]]:
        """Yield every item with its path, sections before what is in them."""
        for item in self.sheet.items:
            yield from _walk(item, (item.id,))
        for item in self.sheet.bonus:
            yield from _walk(item, ("bonus", item.id))

    def row(self, path: tuple[str, ...]) -> dict[str, Any] | None:
        """Return the stored row of an item, or None when there is none."""
        key = (self.about, self.period, "/".join(path))
        table = items_table(self.sheet.id)
        if not self.evaluation.has(table):
            return None
        row = self.evaluation.rows(table).get(key)
        return None if row is None else as_record(self.evaluation, table, row)


def _walk(item: Item, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Item]]:
    yield path, item
    for child in item.items:
        yield from _walk(child, (*path, child.id))
