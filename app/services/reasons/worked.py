"""How the points of an item were worked out: what adds up to them, or what decided instead of a sum."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.core.values import Number
from app.domain.kinds.common import Rounding
from app.domain.kinds.line_plan import total_table
from app.domain.kinds.sheet import Item, Line, NotApplicablePolicy, Take
from app.domain.kinds.sheet_items import own_table
from app.services.reasons.arithmetic import Share, Sum, Term, grouped
from app.services.reasons.phrases import Phrase, Said
from app.services.reasons.records import as_record, number_or_none
from app.services.reasons.sentences import text_or
from app.services.reasons.sheet_rows import SheetRows
from app.services.reasons.wording import Wording


class Working:
    """Works out the items of one sheet again, from the rows that stand behind them."""

    def __init__(self, rows: SheetRows, words: Wording, start: date) -> None:
        """Read from `rows`; `words` names tables, `start` is the period's first day."""
        self._rows = rows
        self._words = words
        self._start = start

    def total(self, item: Item, path: tuple[str, ...], row: Mapping[str, Any]) -> Sum | None:
        """Return what adds up to the item's points, or None where it isn't computed from a sum."""
        if row["state"] != "computed" or self._gated(item, path):
            return None
        most = number_or_none(row["max"])
        terms = self._section_terms(item, path) if item.items else self._line_terms(item, path, most)
        if terms is None:
            return None
        floor = None if item.floor_none or path[0] == "bonus" else 0
        start = most if item.start_max else None
        if item.max is None:
            floor = None
        rounding = number_or_none(item.round.to) if item.round is not None else None
        half = item.round.half if item.round is not None else Rounding.UP
        made = Sum(terms, start, floor, most if item.max is not None else None, rounding, half)
        return made if made.total == number_or_none(row["points"]) else None

    def _section_terms(self, item: Item, path: tuple[str, ...]) -> tuple[Term, ...] | None:
        """Return what the parts of a section contribute; None where an absent part left its maximum to the others."""
        terms = []
        for child in item.items:
            row = self._rows.row((*path, child.id))
            points = None if row is None else number_or_none(row["points"])
            if points is None and child.not_applicable is NotApplicablePolicy.RESCALE:
                return None
            if points is not None:
                terms.append(Term(child.title or {"zh": child.id}, grouped([points])))
        return tuple(terms)

    def _line_terms(self, item: Item, path: tuple[str, ...], most: Number | None) -> tuple[Term, ...] | None:
        terms = []
        for line in item.lines:
            rows = self._rows.of_line(path, line.id)
            points = [number_or_none(row["points"]) for row in rows]
            known = [value for value in points if value is not None]
            if len(known) < len(points):
                return None
            title = line.title or {"zh": line.id}
            cap = self._cap(path, line)
            if line.share_of is None:
                over = len(known) if line.take is Take.AVERAGE and known else 1
                terms.append(Term(title, grouped(known), cap=cap, over=over))
            elif len(rows) == 1 and most is not None:
                part = self._share(line.share_of, rows[0]["row"], most)
                terms.append(Term(title, grouped(known), part, cap))
        return tuple(terms)

    def _share(self, indicator: str, key: object, most: Number) -> Share | None:
        evaluation = self._rows.evaluation
        row = evaluation.rows(indicator).get(key)
        regulation = evaluation.regulation
        if row is None or regulation.indicators[regulation.on(indicator, self._start)].measure != "share":
            return None
        record = as_record(evaluation, indicator, row)
        part, whole = number_or_none(record["part"]), number_or_none(record["whole"])
        if part is None or not whole:
            return None
        return Share(part, whole, most)

    def _cap(self, path: tuple[str, ...], line: Line) -> Number | None:
        """Return the line's cap as it was applied: the law of its first row's day."""
        if line.at_most is None:
            return None
        row = self._rows.about_it(total_table(self._rows.sheet.id, (*path, line.id)))
        return None if row is None else number_or_none(row["at_most"])

    def _gated(self, item: Item, path: tuple[str, ...]) -> bool:
        """Whether a policy decided the points rather than a sum, as of an item that doesn't apply."""
        if item.items:
            return False
        return any(line.share_of is not None for line in item.lines) and not any(
            self._rows.of_line(path, line.id) for line in item.lines
        )

    def policy(self, item: Item, path: tuple[str, ...], row: Mapping[str, Any]) -> Said | None:
        """Return what decided where no sum did: the policy for what doesn't apply, or why nothing is computable."""
        if row["state"] == "not_computable":
            return Phrase("policy-not-computable")
        if row["state"] == "not_applicable":
            return Phrase("policy-omitted")
        vetoing = next((child for child in item.items if self._vetoes((*path, child.id))), None)
        if vetoing is not None:
            return Phrase("policy-vetoed", {"item": text_or(vetoing.title, vetoing.id)})
        if self._vetoes(path):
            return Phrase("policy-vetoes")
        if self._gated(item, path) and item.not_applicable is NotApplicablePolicy.FULL:
            return Phrase("policy-full")
        if self._gated(item, path) and item.not_applicable is NotApplicablePolicy.ZERO:
            return Phrase("policy-zero")
        if item.requires is not None and number_or_none(row["points"]) == 0:
            return Phrase("policy-evidence", {"title": self._words.table(item.requires.table)})
        if any(child.not_applicable is NotApplicablePolicy.RESCALE for child in item.items):
            return Phrase("policy-rescaled")
        return None

    def _vetoes(self, path: tuple[str, ...]) -> bool:
        """Whether an item makes what it stands in worth nothing."""
        row = self._rows.about_it(own_table(self._rows.sheet.id, path))
        return row is not None and row.get("vetoed") is True
