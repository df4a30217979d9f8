"""Why a table holds what it holds: from a row down to conditions, figures and entries, for cases that fail.

Read from the tables of an evaluation and from what the rules engine was asked; nothing is worked out again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.core.expressions import All, Binary, Call, Expression, Name, Not, Some
from app.domain.core.json_values import outcome_json
from app.domain.core.plan import Set
from app.domain.core.truth import AtomTruth, explain
from app.domain.core.values import Value
from app.domain.core.written import written
from app.domain.kinds.common import Heading, Parameter
from app.domain.kinds.parameters import parameters_of
from app.domain.kinds.planning import Definition, definitions
from app.domain.kinds.sheet_plan import items_table, lines_table
from app.domain.kinds.versions import whole_of
from app.domain.period import parse_period
from app.domain.problem import Where
from app.services.evaluate import Evaluation
from app.services.phrases import Phrase, Said
from app.services.ports import Answer, Decider, Question
from app.services.records import Record, as_record

MOST_ROWS: Final = 3
"""So many rows, lines and entries are shown of each; the rest is counted."""

_MOST_TEXT = 60
_HIDDEN = ("#", "row", "rows", "entries", "id", "rule", "place", "recorded_at")
"""Columns that say nothing to a reader."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a trace: how deep it stands, what it says, and where that is declared."""

    depth: int
    said: Phrase
    where: Where | None = None


class Recording:
    """A decider that keeps what it was asked, and passes the questions on."""

    def __init__(self, decider: Decider) -> None:
        """Ask `decider`."""
        self._decider = decider
        self.asked: list[tuple[Question, Answer]] = []

    def decide(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer the questions, in order. Raises DecisionError."""
        answers = self._decider.decide(questions)
        self.asked += zip(questions, answers, strict=True)
        return answers


class Traces:
    """Tells why of one evaluation."""

    def __init__(self, evaluation: Evaluation, recording: Recording) -> None:
        """Look at an evaluation that asked `recording`."""
        self._evaluation = evaluation
        self._recording = recording
        self._definitions = definitions(evaluation.regulation)
        self._computed = _computed(evaluation)
        self._zone = ZoneInfo(evaluation.regulation.calendar.zone)

    def of(
        self, table: str, rows: Sequence[tuple[Value, ...]], wanted: Mapping[str, Value]
    ) -> tuple[Step, ...]:
        """Return why `table` holds these rows, and why the rules engine said no of others like the `wanted` one."""
        return tuple(self._of(table, rows, wanted))

    def _of(
        self, table: str, rows: Sequence[tuple[Value, ...]], wanted: Mapping[str, Value]
    ) -> Iterator[Step]:
        versions = [self._version(table, as_record(self._evaluation, table, row)) for row in rows[:MOST_ROWS]]
        for version in dict.fromkeys(one.partition(".")[0] for one in versions or [table]):
            definition = self._definitions.get(version)
            if definition is not None:
                yield from _declared(definition.heading)
        for row in rows[:MOST_ROWS]:
            yield from self._row(table, row, 0)
        if len(rows) > MOST_ROWS:
            yield Step(0, Phrase("trace-more", {"count": len(rows) - MOST_ROWS}))
        if not rows:
            yield Step(0, Phrase("trace-no-rows", {"table": table}))
            yield from self._refused(table, wanted)

    # ---- rows
    def _row(self, table: str, row: tuple[Value, ...], depth: int) -> Iterator[Step]:
        record = as_record(self._evaluation, table, row)
        table = self._version(table, record)
        yield Step(depth, Phrase("trace-row", {"table": table, "values": self._values(record)}))
        name = table.partition(".")[0]
        definition = self._definitions.get(name)
        if definition is not None and depth < MOST_ROWS:
            yield from self._decided(name, record, depth + 1)
            yield from self._lines(name, table, record, depth + 1)
            yield from self._parts(name, definition, record, depth + 1)
            yield from self._figures(definition, table, record, depth + 1)
            yield from self._counted(definition, record, depth + 1)

    def _version(self, table: str, record: Record) -> str:
        """Return the table of the version that a row comes from: the one in force on its first day."""
        name, dot, part = table.partition(".")
        return self._evaluation.regulation.on(name, self._day(record)) + dot + part

    def _lines(self, name: str, table: str, record: Record, depth: int) -> Iterator[Step]:
        """Yield the rows that gave or took points, for a sheet or one of its items, and what stands behind each."""
        lines = lines_table(name)
        if table == lines or not self._evaluation.has(lines):
            return
        found = [
            line
            for row in self._evaluation.rows(lines).values()
            if (line := as_record(self._evaluation, lines, row))["about"] == record["about"]
            and line["period"] == record["period"]
            and (table != items_table(name) or line["item"] == record["item"])
        ]
        for line in found[:MOST_ROWS]:
            said: dict[str, Said] = {
                "line": f"{line['item']}/{line['line']}",
                "points": self._shown(line["points"]),
            }
            yield Step(depth, Phrase("trace-line", said))
            behind = str(line["table"])
            stored = self._evaluation.rows(behind).get(line["row"]) if self._evaluation.has(behind) else None
            if stored is not None:
                yield from self._row(behind, stored, depth + 1)
        if len(found) > MOST_ROWS:
            yield Step(depth, Phrase("trace-more", {"count": len(found) - MOST_ROWS}))
        if not found and table in (name, items_table(name)):
            yield Step(depth, Phrase("trace-no-lines"))
            yield from self._refused(name, {"about": record["about"]}, depth)

    def _parts(self, name: str, definition: Definition, record: Record, depth: int) -> Iterator[Step]:
        """Yield the scores that an appraisal's parts come from."""
        for part in getattr(definition, "parts", ()):
            for inner in part.parts or (part,):
                table = inner.table or ""
                rows = [
                    row
                    for row in (self._evaluation.rows(table).values() if self._evaluation.has(table) else ())
                    if as_record(self._evaluation, table, row)["about"] == record["about"]
                ]
                yield Step(depth, Phrase("trace-part", {"part": f"{name}/{inner.id}", "count": len(rows)}))
                for row in rows[:MOST_ROWS]:
                    yield from self._row(table, row, depth + 1)

    # ---- figures and entries
    def _figures(self, definition: Definition, table: str, record: Record, depth: int) -> Iterator[Step]:
        day = self._day(record)
        for figure in parameters_of(definition):
            if _concerns(figure.path.split("/")[1:], table, record):
                since, value = _in_force(figure, day)
                said: dict[str, Said] = {"path": figure.path, "value": self._shown(value)}
                yield Step(
                    depth,
                    Phrase("trace-figure", said) if since is None
                    else Phrase("trace-figure-since", {**said, "since": since.isoformat()}),
                    figure.where,
                )  # fmt: skip

    def _day(self, record: Record) -> date:
        """Return the day whose law holds for a row: that of its start."""
        start = record.get("start")
        if isinstance(start, datetime):
            return start.astimezone(self._zone).date()
        label = record.get("window", record.get("period"))
        if isinstance(label, str):
            return parse_period(label, self._evaluation.regulation.calendar).start
        at = record.get("at")
        return at.astimezone(self._zone).date() if isinstance(at, datetime) else self._evaluation.period.start

    def _counted(self, definition: Definition, record: Record, depth: int) -> Iterator[Step]:
        """Yield the entries (or rows of another table) that counted; for a duty also that none did."""
        keys = record.get("entries", record.get("rows"))
        if not isinstance(keys, tuple):
            return
        for key in keys[:MOST_ROWS]:
            yield from self._entry(key, depth)
        if len(keys) > MOST_ROWS:
            yield Step(depth, Phrase("trace-more", {"count": len(keys) - MOST_ROWS}))
        sources = [met.source for met in getattr(definition, "met_by", ())]
        if not keys:
            looked = ", ".join(
                f"{source.table} ({written(source.where)})" if source.where != All(()) else source.table
                for source in sources
            )
            said = Phrase("trace-looked-for", {"what": looked}) if looked else Phrase("trace-none-counted")
            yield Step(depth, said)

    def _entry(self, key: object, depth: int) -> Iterator[Step]:
        entry_id = str(key[0]) if isinstance(key, tuple) and key else str(key)
        for form in self._evaluation.regulation.forms:
            rows = self._evaluation.rows(form) if self._evaluation.has(form) else {}
            row = rows.get(key) or rows.get((entry_id,))
            if row is not None:
                at = as_record(self._evaluation, form, row)["at"]
                said: dict[str, Said] = {"id": entry_id, "form": form, "at": self._shown(at)}
                yield Step(depth, Phrase("trace-entry", said))
                return
        yield Step(depth, Phrase("trace-counted", {"what": _plain(str(key))}))

    # ---- what the rules engine was asked
    def _decided(self, rule: str, record: Record, depth: int) -> Iterator[Step]:
        """Yield the parts of the condition that a finding rests on."""
        key = record.get("row")
        if key is not None and rule in self._evaluation.regulation.rules:
            yield from self._asked(rule, lambda one: one == str(key), depth, 1)

    def _refused(self, table: str, wanted: Mapping[str, Value], depth: int = 0) -> Iterator[Step]:
        """Yield why rows like the wanted one were not taken."""
        named = [str(wanted[name]) for name in ("about", "subject", "window", "period") if name in wanted]
        rules = {
            condition.rule
            for question, _ in self._recording.asked
            for condition in question.conditions
            if whole_of(condition.rule.split("/")[0]) == whole_of(table.partition(".")[0])
        }
        told = False
        for rule in sorted(rules):
            for step in self._asked(rule, lambda one: all(name in one for name in named), depth, MOST_ROWS):
                told = True
                yield step
        if rules and not told:
            yield Step(depth, Phrase("trace-never-asked", {"table": table}))

    def _asked(self, rule: str, fits: Callable[[str], bool], depth: int, most: int) -> Iterator[Step]:
        shown = 0
        for question, answer in self._recording.asked:
            for condition in question.conditions:
                if condition.rule != rule:
                    continue
                for position, key in enumerate(question.keys):
                    if shown < most and fits(key):
                        shown += 1
                        applies = position in answer.sure.get(rule, frozenset())
                        message = "trace-applies" if applies else "trace-refused"
                        yield Step(
                            depth, Phrase(message, {"rule": rule, "row": _plain(key)}), self._where(rule)
                        )
                        truths = explain(condition.expression, question.columns, question.rows[position])
                        yield from self._truths(rule, truths, depth + 1)

    def _truths(self, rule: str, truths: Iterable[AtomTruth], depth: int) -> Iterator[Step]:
        for told in truths:
            said: dict[str, Said] = {
                "condition": written(self._readable(rule, told.expression)),
                "truth": Phrase(f"trace-is-{_TRUTHS[told.truth.value]}"),
            }
            if told.value is None:
                yield Step(depth, Phrase("trace-condition", said))
            else:
                yield Step(depth, Phrase("trace-condition-value", {**said, "value": self._shown(told.value)}))
            yield from self._truths(rule, told.parts, depth + 1)

    def _readable(self, rule: str, tree: Expression) -> Expression:
        """Return a condition with what stands behind its computed columns."""
        known = self._computed.get(rule, {})
        match tree:
            case Name((column,)) if column in known:
                return known[column]
            case Binary(operator, left, right, own):
                return Binary(operator, self._readable(rule, left), self._readable(rule, right), own)
            case Call(function, arguments, own):
                return Call(function, tuple(self._readable(rule, part) for part in arguments), own)
            case All(parts):
                return All(tuple(self._readable(rule, part) for part in parts))
            case Some(parts):
                return Some(tuple(self._readable(rule, part) for part in parts))
            case Not(part):
                return Not(self._readable(rule, part))
            case _:
                return tree

    def _where(self, rule: str) -> Where | None:
        definition = self._definitions.get(rule.split("/", maxsplit=1)[0])
        return None if definition is None else definition.heading.where

    # ---- values
    def _values(self, record: Record) -> str:
        """Return a row's columns as people read them, without the inner ones."""
        return ", ".join(
            f"{name}: {self._shown(value)}"
            for name, value in record.items()
            if name not in _HIDDEN and "#" not in name and not isinstance(value, tuple)
        )

    def _shown(self, value: object) -> str:
        """Return a value as it is written in a case: instants by the clock of the place."""
        if isinstance(value, datetime):
            return value.astimezone(self._zone).isoformat(sep=" ", timespec="minutes")
        if isinstance(value, bool):
            return "true" if value else "false"
        data = outcome_json(value)  # type: ignore[arg-type]
        if isinstance(data, dict):
            data = " ".join(str(part) for part in data.values())
        return "–" if data is None else str(data)[:_MOST_TEXT]


_TRUTHS: Final[Mapping[str, str]] = {"true": "true", "false": "false", "unknown": "unknown", "n/a": "na"}


def _computed(evaluation: Evaluation) -> dict[str, dict[str, Expression]]:
    """Return the expressions behind the columns that are computed before a rule is decided, by rule."""
    found: dict[str, dict[str, Expression]] = {}
    for derivation in evaluation.plan.derivations:
        columns: dict[str, Expression] = {}
        for step in derivation.steps:
            if isinstance(step, Set):
                columns |= {
                    name: tree for name, tree, _ in step.columns if name[:1] == "x" and name[1:].isdigit()
                }
            rule = getattr(step, "rule", None)
            if isinstance(rule, str):
                found[rule] = columns
    return found


def _declared(heading: Heading) -> Iterator[Step]:
    clause = heading.clause
    if clause is None:
        yield Step(0, Phrase("trace-definition", {"id": heading.id}), heading.where)
    else:
        said: dict[str, Said] = {"id": heading.id, "doc": clause.doc, "ref": clause.ref}
        yield Step(0, Phrase("trace-clause", said), heading.where)


def _concerns(path: Sequence[str], table: str, record: Record) -> bool:
    """Whether a figure at a path concerns a row: not one of another tier, item or line."""
    own = {"tiers": record.get("tier"), "lines": record.get("line")}
    for word, name in own.items():
        if word in path and name is not None and path[path.index(word) + 1] != name:
            return False
    item = record.get("item")
    if isinstance(item, str) and path[:1] == ["items"]:
        return [part for part in path[1:] if part != "items"][: len(item.split("/"))] == item.split("/")
    return path[:1] not in (["items"], ["bonus"]) or "." in table


def _in_force(figure: Parameter, day: date) -> tuple[date | None, Value]:
    found = figure.values[0]
    for since, value in figure.values:
        if since is None or since <= day:
            found = (since, value)
    return found


def _plain(key: str) -> str:
    """Return a row's key as people write it: `w1, 2025`."""
    return key.strip("()[]").replace("'", "").removesuffix(",")
