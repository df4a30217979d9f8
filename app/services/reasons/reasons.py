"""Why an item of a score sheet has its points: from the clause down to the entries.

Read from the tables of an evaluation alone; every displayed sum is exact and adds up to the item's stored points.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from app.domain.core.values import Number
from app.domain.kinds.common import CitedText
from app.domain.kinds.sheet import CORRECTED, Item, Line, Sheet
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.services.evaluate import Evaluation
from app.services.reasons.arithmetic import Sum
from app.services.reasons.behind import definitions_behind
from app.services.reasons.evidence import Evidence, EvidenceReader
from app.services.reasons.figures_used import Figure, FiguresUsed
from app.services.reasons.phrases import Phrase, Said
from app.services.reasons.records import number_or_none
from app.services.reasons.sentences import Sentences, text_or
from app.services.reasons.sheet_rows import SheetRows
from app.services.reasons.worked import Working

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Quote:
    """The regulation's own words."""

    doc: str
    ref: str
    text: str
    of: CitedText | None = None


@dataclass(frozen=True, slots=True)
class ItemReason:
    """An item with everything that its points rest on. `points` None: there are none, and `state` says why.

    `total` is None where there is nothing to add up; `policy` says what decided instead. `counts` are the occurrences
    behind the item by state. `lost` come first in `rows`. `section`: it is the sum of other items, which can be
    contested one by one.
    """

    sheet: str
    about: str
    period: str
    path: tuple[str, ...]
    titles: tuple[Said, ...]
    state: str
    points: Number | None
    most: Number | None
    quotes: tuple[Quote, ...]
    sentences: tuple[Said, ...]
    figures: tuple[Figure, ...]
    total: Sum | None
    policy: Said | None
    counts: Mapping[str, int]
    rows: tuple[Evidence, ...]
    section: bool = False


class Reasons:
    """Reads the reasons of one person (or place) and period out of an evaluation."""

    def __init__(self, evaluation: Evaluation, sheet: str | Sheet, about: str, period: str) -> None:
        """Look at one sheet of `about`, by its id or as it is itself. KeyError for a sheet that there isn't."""
        self._evaluation = evaluation
        self._sheet = sheet if isinstance(sheet, Sheet) else evaluation.regulation.sheets[sheet]
        self.rows = SheetRows(evaluation, self._sheet, about, period)
        within = parse_period(period, evaluation.regulation.calendar)
        self._start = within.start
        self._sentences = Sentences(evaluation.regulation, within.start)
        self._reader = EvidenceReader(evaluation, self._sheet, about, period)
        self.working = Working(self.rows, self._sentences.words, within.start)
        self._figures = FiguresUsed(evaluation.regulation, self._sentences, self._reader, within)

    @property
    def regulation(self) -> Regulation:
        """The regulation of the evaluation."""
        return self._evaluation.regulation

    def reason(self, path: tuple[str, ...]) -> ItemReason | None:
        """Return why the item at `path` has its points; None when there is no such item or no row of it."""
        found = dict(self.rows.walk()).get(path)
        row = self.rows.row(path)
        if found is None or row is None:
            return None
        evidence = self._evidence(found, path)
        return ItemReason(
            self._sheet.id,
            self.rows.about,
            self.rows.period,
            path,
            self._titles(path),
            str(row["state"]),
            number_or_none(row["points"]),
            number_or_none(row["max"]),
            tuple(self.quotes(found)),
            _each_once(self._said(found, path)),
            _each_once(self._figures.of(found)),
            self.working.total(found, path, row),
            self.working.policy(found, path, row),
            self._reader.counts(found),
            evidence,
            bool(found.items),
        )

    # ---- words -----------------------------------------------------------------------------------------------------
    def _titles(self, path: tuple[str, ...]) -> tuple[Said, ...]:
        known = dict(self.rows.walk())
        steps = [path[: at + 1] for at in range(len(path))]
        return tuple(text_or(known[step].title, step[-1]) for step in steps if step in known)

    def quotes(self, item: Item) -> Iterator[Quote]:
        """Yield the clauses, the obligation's own before that of the sheet; each once."""
        behind = chain.from_iterable(
            definitions_behind(self.regulation, line, self._start) for line in item.lines
        )
        clauses = [*(definition.heading.clause for definition in behind), self._sheet.heading.clause]
        seen: set[tuple[str, str]] = set()
        for clause in clauses:
            if clause is not None and (clause.doc, clause.ref) not in seen:
                seen.add((clause.doc, clause.ref))
                yield Quote(clause.doc, clause.ref, clause.text, clause.of)

    def _said(self, item: Item, path: tuple[str, ...]) -> Iterator[Said]:
        for line in item.lines:
            if line.id == CORRECTED:  # it stands at every item, and says something where one was corrected
                if self.rows.of_line(path, line.id):
                    yield text_or(line.title, line.id)
                continue
            yield from self.measured(line)
            yield self._sentences.line(line, item)
        yield from self._sentences.item(item, self._sheet.for_each.subject or "worker")
        if item.items:
            yield Phrase("sentence-section")

    def measured(self, line: Line) -> Iterator[Said]:
        """Yield what the definitions say whose rows a line looks at."""
        for definition in definitions_behind(self.regulation, line, self._start):
            if definition.id in self.regulation.duties:
                yield from self._sentences.duty(definition, self._reader.tier_of(line))
            elif definition.id in self.regulation.indicators:
                yield self._sentences.indicator(definition)
            elif definition.id in self.regulation.rules:
                yield self._sentences.rule(definition)

    def counted(self, line: Line, record: Mapping[str, Any]) -> tuple[Evidence, ...]:
        """Return the rows that the indicator's row behind a line counted."""
        return tuple(
            self._reader.of_figure(
                self.regulation.indicators[self.regulation.on(line.share_of or "", self._start)],
                dict(record),
                line,
            )
        )

    def given(self, line: Line, rows: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
        """Return the rows by which points were given or taken by a line that stands in no sheet."""
        return tuple(self._reader.of_line(line, [dict(row) for row in rows]))

    def figures(self, item: Item) -> Iterator[Figure]:
        """Yield the figures that an item rests on, as they held within the period."""
        yield from self._figures.of(item)

    # ---- rows ------------------------------------------------------------------------------------------------------
    def _evidence(self, item: Item, path: tuple[str, ...]) -> tuple[Evidence, ...]:
        """Return what counted: rows that gave or took points, then what was in order; for a section nothing."""
        lines = [(line, self.rows.of_line(path, line.id)) for line in item.lines]
        return tuple(self._reader.of_lines(lines))


def _each_once(items: Iterable[T]) -> tuple[T, ...]:
    """Return the items in order without repetitions; they needn't be hashable."""
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return tuple(found)
