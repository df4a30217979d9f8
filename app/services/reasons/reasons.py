"""Why an item of a score sheet has its points: from the clause down to the entries.

Read from the tables of an evaluation alone; every displayed sum is exact and adds up to the item's stored points.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from app.domain.core.values import Number
from app.domain.kinds.common import Clause, Origin, Parameter, Rounding, Texts
from app.domain.kinds.line_plan import total_table
from app.domain.kinds.sheet import CORRECTED, Item, Line, NotApplicablePolicy, Sheet, Take
from app.domain.kinds.sheet_items import own_table
from app.domain.kinds.sheet_plan import items_table, lines_table
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.services.evaluate import Evaluation
from app.services.reasons.arithmetic import Share, Sum, Term, grouped
from app.services.reasons.evidence import Evidence, EvidenceReader
from app.services.reasons.explain import used_within
from app.services.reasons.phrases import Phrase, Said
from app.services.reasons.records import as_record, number_or_none, records
from app.services.reasons.sentences import Sentences, share, text_or

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Quote:
    """The regulation's own words."""

    doc: str
    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was used: what it is, its value, since when, whether it is assumed, and `why`.

    `layer` is the title of the place whose overlay or own file gives it; empty for the base's.
    """

    label: Said
    value: Said
    since: date | None
    assumed: bool
    why: str
    layer: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemReason:
    """An item with everything that its points rest on. `points` None: there are none, and `state` says why.

    `total` is None where there is nothing to add up; `policy` says what decided instead. `counts` are the occurrences
    behind the item by state. `lost` come first in `rows`.
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


class Reasons:
    """Reads the reasons of one person (or place) and period out of an evaluation."""

    def __init__(self, evaluation: Evaluation, sheet: str | Sheet, about: str, period: str) -> None:
        """Look at one sheet of `about`, by its id or as it is itself. KeyError for a sheet that there isn't."""
        self._evaluation = evaluation
        self._sheet = sheet if isinstance(sheet, Sheet) else evaluation.regulation.sheets[sheet]
        self._about = about
        self._period = period
        self._start = parse_period(period, evaluation.regulation.calendar).start
        self._sentences = Sentences(evaluation.regulation, self._start)
        self._reader = EvidenceReader(evaluation, self._sheet, about, period)

    @property
    def regulation(self) -> Regulation:
        """The regulation of the evaluation."""
        return self._evaluation.regulation

    @cached_property
    def _lines(self) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
        """The rows for which points were given or taken, by item and line."""
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        table = lines_table(self._sheet.id)
        if self._evaluation.has(table):
            for row in records(self._evaluation, table):
                if row["about"] == self._about and row["period"] == self._period:
                    found.setdefault((row["item"], row["line"]), []).append(row)
        return found

    def walk(self) -> Iterator[tuple[tuple[str, ...], Item]]:
        """Yield every item with its path, sections before what is in them."""
        for item in self._sheet.items:
            yield from _walk(item, (item.id,))
        for item in self._sheet.bonus:
            yield from _walk(item, ("bonus", item.id))

    def row(self, path: tuple[str, ...]) -> dict[str, Any] | None:
        """Return the stored row of an item, or None when there is none."""
        key = (self._about, self._period, "/".join(path))
        table = items_table(self._sheet.id)
        if not self._evaluation.has(table):
            return None
        row = self._evaluation.rows(table).get(key)
        return None if row is None else as_record(self._evaluation, table, row)

    def reason(self, path: tuple[str, ...]) -> ItemReason | None:
        """Return why the item at `path` has its points; None when there is no such item or no row of it."""
        found = dict(self.walk()).get(path)
        row = self.row(path)
        if found is None or row is None:
            return None
        evidence = self._evidence(found, path)
        return ItemReason(
            self._sheet.id,
            self._about,
            self._period,
            path,
            self._titles(path),
            str(row["state"]),
            number_or_none(row["points"]),
            number_or_none(row["max"]),
            tuple(self.quotes(found)),
            _each_once(self._said(found, path)),
            _each_once(self.figures(found)),
            self.total(found, path, row),
            self._policy(found, path, row),
            self._reader.counts(found),
            evidence,
        )

    # ---- words -----------------------------------------------------------------------------------------------------
    def _titles(self, path: tuple[str, ...]) -> tuple[Said, ...]:
        known = dict(self.walk())
        steps = [path[: at + 1] for at in range(len(path))]
        return tuple(text_or(known[step].title, step[-1]) for step in steps if step in known)

    def quotes(self, item: Item) -> Iterator[Quote]:
        """Yield the clauses, the obligation's own before that of the sheet; each once."""
        clauses: list[Clause | None] = [
            definition.heading.clause for line in item.lines for definition in self._behind(line)
        ]
        clauses.append(self._sheet.heading.clause)
        seen: set[tuple[str, str]] = set()
        for clause in clauses:
            if clause is not None and (clause.doc, clause.ref) not in seen:
                seen.add((clause.doc, clause.ref))
                yield Quote(clause.doc, clause.ref, clause.text)

    def _behind(self, line: Line) -> Iterator[Any]:
        """Yield the definitions whose rows a line looks at: a duty, an indicator and what it counts, a form."""
        table = line.source.table if line.source is not None else line.share_of or ""
        if line.mark is not None:
            table = line.mark.form
        regulation = self.regulation
        table = self._version(table.partition(".")[0])
        if table in regulation.indicators:
            of = self._version(regulation.indicators[table].of.table)
            if of in regulation.duties:
                yield regulation.duties[of]
        for kind in (
            regulation.duties,
            regulation.indicators,
            regulation.rules,
            regulation.forms,
            regulation.tables,
            regulation.procedures,
        ):
            if table in kind:
                yield kind[table]

    def _version(self, name: str) -> str:
        """Return the definition that a name means as the period begins."""
        return self.regulation.on(name, self._start)

    def _said(self, item: Item, path: tuple[str, ...]) -> Iterator[Said]:
        for line in item.lines:
            if line.id == CORRECTED:  # it stands at every item, and says something where one was corrected
                if self._lines.get(("/".join(path), line.id)):
                    yield text_or(line.title, line.id)
                continue
            yield from self.measured(line)
            yield self._sentences.line(line, item)
        yield from self._sentences.item(item, self._sheet.for_each.subject or "worker")
        if item.items:
            yield Phrase("sentence-section")

    def measured(self, line: Line) -> Iterator[Said]:
        """Yield what the definitions say whose rows a line looks at."""
        for definition in self._behind(line):
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
                self.regulation.indicators[self._version(line.share_of or "")], dict(record), line
            )
        )

    def given(self, line: Line, rows: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
        """Return the rows by which points were given or taken by a line that stands in no sheet."""
        return tuple(self._reader.of_line(line, [dict(row) for row in rows]))

    def figures(self, item: Item) -> Iterator[Figure]:
        """Yield the figures that an item and what its lines look at use, as they held within the period."""
        if item.max is not None:
            yield from self._figure(item.max, Phrase("figure-max"))
        for line in item.lines:
            title = text_or(line.title, line.id)
            if line.amount is not None and line.amount.figure is not None:
                message = "figure-add" if line.sign > 0 else "figure-deduct"
                yield from self._figure(line.amount.figure, Phrase(message, {"line": title}))
            if line.amount is not None:
                for choice, parameter in line.amount.gives:
                    value = (
                        self._sentences.words.value(
                            line.amount.of, choice, line.source.table if line.source else ""
                        )
                        if line.amount.of is not None
                        else choice
                    )
                    yield from self._figure(parameter, value)
            if line.at_most is not None:
                yield from self._figure(line.at_most, Phrase("figure-cap", {"line": title}))
            for definition in self._behind(line):
                yield from self._of_definition(definition, line)

    def _of_definition(self, definition: Any, line: Line) -> Iterator[Figure]:  # noqa: ANN401 - one of four kinds
        regulation = self.regulation
        if definition.id in regulation.duties:
            wanted = self._reader.tier_of(line)
            for tier in definition.tiers:
                if wanted in {None, tier.id}:
                    title = text_or(tier.title, tier.id)
                    if tier.times is not None:
                        yield from self._figure(tier.times, Phrase("figure-times", {"line": title}))
                    if tier.within is not None:
                        yield from self._figure(tier.within, Phrase("figure-within", {"line": title}))
            title = text_or(definition.heading.title, definition.id)
            if definition.times is not None and not definition.tiers:
                yield from self._figure(definition.times, Phrase("figure-times", {"line": title}))
            if definition.late_until is not None:
                yield from self._figure(definition.late_until, Phrase("figure-late", {"line": title}))
        elif definition.id in regulation.indicators and definition.target is not None:
            title = text_or(definition.heading.title, definition.id)
            for figure in self._figure(definition.target.value, Phrase("figure-target", {"line": title})):
                value = definition.target.value.on(self._start)
                shown = share(value) if definition.measure == "share" else figure.value
                yield replace(figure, value=shown)

    def _figure(self, parameter: Parameter, label: Said) -> Iterator[Figure]:
        """Yield each value that held within the period."""
        end = parse_period(self._period, self.regulation.calendar).end
        for used in used_within(parameter, self._start, end):
            shown = self._sentences.value(used.value)
            yield Figure(
                label, shown, used.since, used.origin is Origin.ASSUMED, used.why, self._layer(used.layer)
            )

    def _layer(self, layer: str) -> Texts:
        """Return the title of the place that gives a figure; nothing for the base."""
        place = self.regulation.places.places.get(layer)
        return (place.title or {"zh": place.id}) if place is not None else {}

    # ---- sums ------------------------------------------------------------------------------------------------------
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
            row = self.row((*path, child.id))
            points = None if row is None else number_or_none(row["points"])
            if points is None and child.not_applicable is NotApplicablePolicy.RESCALE:
                return None
            if points is not None:
                terms.append(Term(child.title or {"zh": child.id}, grouped([points])))
        return tuple(terms)

    def _line_terms(self, item: Item, path: tuple[str, ...], most: Number | None) -> tuple[Term, ...] | None:
        terms = []
        for line in item.lines:
            rows = self._lines.get(("/".join(path), line.id), [])
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
        row = self._evaluation.rows(indicator).get(key)
        if row is None or self.regulation.indicators[self._version(indicator)].measure != "share":
            return None
        record = as_record(self._evaluation, indicator, row)
        part, whole = number_or_none(record["part"]), number_or_none(record["whole"])
        if part is None or not whole:
            return None
        return Share(part, whole, most)

    def _cap(self, path: tuple[str, ...], line: Line) -> Number | None:
        """Return the line's cap as it was applied: the law of its first row's day."""
        table = total_table(self._sheet.id, (*path, line.id))
        if line.at_most is None or not self._evaluation.has(table):
            return None
        row = self._evaluation.rows(table).get((self._about, self._period))
        return None if row is None else number_or_none(as_record(self._evaluation, table, row)["at_most"])

    def _gated(self, item: Item, path: tuple[str, ...]) -> bool:
        """Whether a policy decided the points rather than a sum, as of an item that doesn't apply."""
        if item.items:
            return False
        return any(line.share_of is not None for line in item.lines) and not any(
            self._lines.get(("/".join(path), line.id)) for line in item.lines
        )

    def _policy(self, item: Item, path: tuple[str, ...], row: Mapping[str, Any]) -> Said | None:
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
            return Phrase("policy-evidence", {"title": self._sentences.words.table(item.requires.table)})
        if any(child.not_applicable is NotApplicablePolicy.RESCALE for child in item.items):
            return Phrase("policy-rescaled")
        return None

    def _vetoes(self, path: tuple[str, ...]) -> bool:
        """Whether an item makes what it stands in worth nothing."""
        table = own_table(self._sheet.id, path)
        if not self._evaluation.has(table):
            return False
        row = self._evaluation.rows(table).get((self._about, self._period))
        return row is not None and as_record(self._evaluation, table, row).get("vetoed") is True

    # ---- rows ------------------------------------------------------------------------------------------------------
    def _evidence(self, item: Item, path: tuple[str, ...]) -> tuple[Evidence, ...]:
        """Return what counted: rows that gave or took points, then what was in order; for a section nothing."""
        lines = [(line, self._lines.get(("/".join(path), line.id), [])) for line in item.lines]
        return tuple(self._reader.of_lines(lines))


def _each_once(items: Iterable[T]) -> tuple[T, ...]:
    """Return the items in order without repetitions; they needn't be hashable."""
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return tuple(found)


def _walk(item: Item, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Item]]:
    yield path, item
    for child in item.items:
        yield from _walk(child, (*path, child.id))
