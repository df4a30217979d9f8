"""Explanations in lines: from a row down to conditions, figures and entries, for the command line and cases that fail.

What stands behind a row is what `Explainer` says; here it is put in order, and in words.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.core.delta import Key, getter
from app.domain.core.expressions import All, Binary, Call, Expression, Name, Not, Some, names_in
from app.domain.core.json_values import outcome_json
from app.domain.core.plan import Set
from app.domain.core.traces import Ref
from app.domain.core.truth import AtomTruth, explain
from app.domain.core.values import Value
from app.domain.core.written import written
from app.domain.kinds.sheet_plan import items_table, lines_table
from app.domain.kinds.versions import whole_of
from app.domain.problem import Where
from app.services.doers import anonymous_forms
from app.services.evaluate import Evaluation
from app.services.ports import Answer, Decider, Question
from app.services.reasons.explain import Behind, Explainer
from app.services.reasons.phrases import Listed, Phrase, Said
from app.services.reasons.records import Record, as_record, records
from app.services.reasons.trace_words import TraceWords

MOST_ROWS: Final = 3
"""So many rows, lines and entries are shown of each; the rest is counted."""

_MOST_TEXT = 60
_HIDDEN = ("#", "row", "rows", "entries", "id", "rule", "place", "recorded_at")
"""Columns that say nothing to a reader."""


OPEN: Final = frozenset(
    {
        "about", "at", "bonus", "counted", "due", "grade", "item", "line", "max", "met", "met_at", "needed", "owner",
        "part", "period", "points", "possible", "rank", "score", "short", "start", "state", "subject", "target",
        "tier", "total", "value", "whole", "window",
    }
)  # fmt: skip
"""Columns that definitions make themselves, whatever they are about: no answer of a form stands in them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: how deep it stands, what it says, and where that is declared."""

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


class ToldRows:
    """Tells why of one evaluation."""

    def __init__(
        self,
        evaluation: Evaluation,
        recording: Recording,
        *,
        careful: bool = False,
        words: TraceWords | None = None,
    ) -> None:
        """Look at an evaluation that asked `recording`. `careful`: nothing of what people answered is told.

        Then only the columns that every definition has are shown: others may repeat a sensitive answer. With `words`
        rows, figures and definitions are told by titles and names, for people; else as files and cases name them.
        """
        self._words = words
        self._evaluation = evaluation
        self._careful = careful
        # What the tracer asks again is nothing new: it goes past the recording's list.
        self._asked = tuple(recording.asked)
        self._explainer = Explainer(evaluation)
        self._computed = _computed(evaluation)
        self._anonymous = anonymous_forms(evaluation.regulation)
        self._zone = ZoneInfo(evaluation.regulation.calendar.zone)

    def of(
        self, table: str, rows: Sequence[tuple[Value, ...]], wanted: Mapping[str, Value]
    ) -> tuple[Step, ...]:
        """Return why `table` holds these rows, and why the rules engine said no of others like the `wanted` one."""
        return tuple(self._of(table, rows, wanted))

    def entries(self, table: str, rows: Iterable[tuple[Value, ...]]) -> frozenset[str]:
        """Return the ids of all entries that rows rest on."""
        found = (self._explainer.entries(table, self._key(table, row)) for row in rows)
        return frozenset(entry for one in found for entry in one)

    def _of(
        self, table: str, rows: Sequence[tuple[Value, ...]], wanted: Mapping[str, Value]
    ) -> Iterator[Step]:
        refs = [Ref(table, self._key(table, row)) for row in rows[:MOST_ROWS]]
        names = [self._explainer.behind(ref).definition for ref in refs] or [table.partition(".")[0]]
        for name in dict.fromkeys(names):
            yield from self._declared(name or "")
        for ref in refs:
            yield from self._row(ref, 0)
        if len(rows) > MOST_ROWS:
            yield _more(0, len(rows))
        if not rows:
            yield Step(0, Phrase("trace-no-rows", {"table": table}))
            yield from self._refused(table, wanted)

    def _key(self, table: str, row: tuple[Value, ...]) -> Key:
        schema = self._evaluation.schema(table)
        return getter(schema, schema.key)(row)

    def _declared(self, name: str) -> Iterator[Step]:
        heading = self._explainer.heading(name)
        if heading is None:
            return
        called: Said = heading.id if self._words is None else self._words.definition(name)
        if heading.clause is None:
            yield Step(0, Phrase("trace-definition", {"id": called}), heading.where)
        else:
            clause = heading.clause
            said: dict[str, Said] = {"id": called, "doc": clause.doc, "ref": clause.ref}
            if self._words is not None and clause.of is not None and clause.of.title:
                of: Said = Phrase("clause-document", {"title": clause.of.title})
                stands = Phrase("clause-cited", {"document": of, "ref": clause.ref}) if clause.ref else of
                yield Step(0, Phrase("trace-cited", {"id": called, "clause": stands}), heading.where)
            else:
                yield Step(0, Phrase("trace-clause", said), heading.where)

    # ---- rows
    def _row(self, ref: Ref, depth: int) -> Iterator[Step]:
        behind = self._explainer.behind(ref)
        record = dict(behind.row)
        if self._words is None:
            values = self._values(record, anonymous=behind.table in self._anonymous)
            yield Step(depth, Phrase("trace-row", {"table": behind.table, "values": values}))
        else:
            schema = self._evaluation.schema(behind.table)
            hidden = self._careful or behind.table in self._anonymous
            yield Step(depth, self._words.row(behind.table, record, schema, careful=hidden))
        if behind.definition is None or depth >= MOST_ROWS:
            return
        yield from self._decided(behind, record, depth + 1)
        yield from self._lines(ref, behind, depth + 1)
        if ref.table == lines_table(whole_of(behind.definition)):
            yield from self._sourced(record, depth + 1)
        yield from self._parts(behind, depth + 1)
        for used in behind.figures:
            figure: dict[str, Said] = {"path": used.path, "value": self._shown(used.value)}
            if self._words is not None:
                figure["path"] = self._words.path(used.path)
                if isinstance(used.value, int | Fraction) and not isinstance(used.value, bool):
                    figure["value"] = used.value
            if used.since is not None:
                figure["since"] = used.since.isoformat()
            message = "trace-figure" if used.since is None else "trace-figure-since"
            yield Step(depth + 1, Phrase(message, figure), used.where)
        yield from self._counted(behind, record, depth + 1)

    def _lines(self, ref: Ref, behind: Behind, depth: int) -> Iterator[Step]:
        """Yield the rows that gave or took points, for a sheet or one of its items, and what stands behind each."""
        name = whole_of(behind.definition or "")
        lines = lines_table(name)
        if ref.table not in (name, items_table(name)) or not self._evaluation.has(lines):
            return
        own = dict(behind.row)
        found = [
            line
            for line in records(self._evaluation, lines)
            if (line["about"], line["period"]) == (own["about"], own["period"])
            and (ref.table != items_table(name) or _is_in(str(line["item"]), str(own["item"])))
        ]
        for line in _of_each_sort_first(found)[:MOST_ROWS]:
            said: dict[str, Said] = {
                "line": f"{line['item']}/{line['line']}",
                "points": self._shown(line["points"]),
            }
            if self._words is not None:
                said["line"] = self._words.line(name, str(line["item"]), str(line["line"]))
                if isinstance(line["points"], int | Fraction):
                    said["points"] = line["points"]
            yield Step(depth, Phrase("trace-line", said))
            yield from self._sourced(line, depth + 1)
        if len(found) > MOST_ROWS:
            yield _more(depth, len(found))
        if not found:
            yield Step(depth, Phrase("trace-no-lines"))
            yield from self._refused(name, {"about": own["about"]}, depth)

    def _sourced(self, line: Record, depth: int) -> Iterator[Step]:
        """Yield the row for which a line gave or took points, and what stands behind it."""
        source = Ref(str(line["table"]), line["row"])
        if self._evaluation.has(source.table) and source.key in self._evaluation.rows(source.table):
            yield from self._row(source, depth)

    def _parts(self, behind: Behind, depth: int) -> Iterator[Step]:
        """Yield the scores that an appraisal's parts come from."""
        definition = self._evaluation.regulation.appraisals.get(behind.definition or "")
        for part in () if definition is None else definition.parts:
            for inner in part.parts or (part,):
                table = inner.table or ""
                rows = [one for one in behind.rows if one.table == table]
                values: dict[str, Said] = {"part": f"{behind.definition}/{inner.id}", "count": len(rows)}
                yield Step(depth, Phrase("trace-part", values))
                for row in rows[:MOST_ROWS]:
                    yield from self._row(row, depth + 1)

    # ---- entries
    def _counted(self, behind: Behind, record: Record, depth: int) -> Iterator[Step]:
        """Yield the entries (or rows of another table) that counted; for a duty also that none did."""
        keys = record.get("entries", record.get("rows"))
        if not isinstance(keys, tuple):
            return
        for key in keys[:MOST_ROWS]:
            yield self._entry(key, depth)
        if len(keys) > MOST_ROWS:
            yield _more(depth, len(keys))
        if keys:
            return
        duty = self._evaluation.regulation.duties.get(behind.definition or "")
        met_by = duty.met_by if duty is not None else ()
        if met_by and self._words is not None:
            sources = dict.fromkeys(met.source.table for met in met_by)
            named = Listed(tuple(self._words.definition(table) for table in sources))
            yield Step(depth, Phrase("trace-looked-for", {"what": named}))
            return
        looked = ", ".join(
            f"{source.table} ({written(source.where)})" if source.where != All(()) else source.table
            for source in (met.source for met in met_by)
        )
        said = Phrase("trace-looked-for", {"what": looked}) if looked else Phrase("trace-none-counted")
        yield Step(depth, said)

    def _entry(self, key: object, depth: int) -> Step:
        entry_id = str(key[0]) if isinstance(key, tuple) and key else str(key)
        for form in self._evaluation.regulation.forms:
            rows = self._evaluation.rows(form) if self._evaluation.has(form) else {}
            row = rows.get(key) or rows.get((entry_id,))
            if row is not None:
                at = as_record(self._evaluation, form, row)["at"]
                said: dict[str, Said] = {"id": entry_id, "form": form, "at": self._shown(at)}
                if self._words is not None:
                    said = {"form": self._words.definition(form), "at": self._shown(at)}
                    return Step(depth, Phrase("trace-told-entry", said))
                return Step(depth, Phrase("trace-entry", said))
        return Step(depth, Phrase("trace-counted", {"what": _plain(str(key))}))

    # ---- what the rules engine was asked
    def _decided(self, behind: Behind, record: Record, depth: int) -> Iterator[Step]:
        """Yield the parts of the condition that a finding rests on."""
        key, rule = record.get("row"), behind.definition
        if self._careful:
            return
        if key is not None and rule is not None and rule in self._evaluation.regulation.rules:
            yield from self._answers(rule, lambda one: one == str(key), depth, 1)

    def _refused(self, table: str, wanted: Mapping[str, Value], depth: int = 0) -> Iterator[Step]:
        """Yield why rows like the wanted one were not taken."""
        if self._careful:
            return
        named = [str(wanted[name]) for name in ("about", "subject", "window", "period") if name in wanted]
        rules = {
            condition.rule
            for question, _ in self._asked
            for condition in question.conditions
            if whole_of(condition.rule.split("/")[0]) == whole_of(table.partition(".")[0])
        }
        told = False
        for rule in sorted(rules):
            for step in self._answers(rule, lambda one: all(name in one for name in named), depth, MOST_ROWS):
                told = True
                yield step
        if rules and not told:
            yield Step(depth, Phrase("trace-never-asked", {"table": table}))

    def _answers(self, rule: str, fits: Callable[[str], bool], depth: int, most: int) -> Iterator[Step]:
        shown = 0
        for question, answer in self._asked:
            for condition in question.conditions:
                if condition.rule != rule:
                    continue
                for position, key in enumerate(question.keys):
                    if shown < most and fits(key):
                        shown += 1
                        applies = position in answer.sure.get(rule, frozenset())
                        message = "trace-applies" if applies else "trace-refused"
                        heading = self._explainer.heading(rule.split("/", maxsplit=1)[0])
                        where = None if heading is None else heading.where
                        asked: dict[str, Said] = {"rule": rule, "row": _plain(key)}
                        if self._words is not None:
                            message = "trace-told-applies" if applies else "trace-told-refused"
                            asked = {"rule": self._words.path(rule)}
                        yield Step(depth, Phrase(message, asked), where)
                        truths = explain(condition.expression, question.columns, question.rows[position])
                        yield from self._truths(rule, truths, depth + 1)

    def _truths(self, rule: str, truths: Iterable[AtomTruth], depth: int) -> Iterator[Step]:
        for told in truths:
            said: dict[str, Said] = {
                "condition": written(self._readable(rule, told.expression)),
                "truth": Phrase(f"trace-is-{_TRUTHS[told.truth.value]}"),
            }
            if told.value is None or (self._anonymous and "by" in names_in(told.expression)):
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

    # ---- values
    def _values(self, record: Record, *, anonymous: bool) -> str:
        """Return a row's columns as people read them, without the inner ones and the giver of an anonymous mark."""
        return ", ".join(
            f"{name}: {self._shown(value)}"
            for name, value in record.items()
            if name not in _HIDDEN
            and "#" not in name
            and not isinstance(value, tuple)
            and (not self._careful or name in OPEN)
            and not (anonymous and name == "by")
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


def _is_in(item: str, whole: str) -> bool:
    """Whether an item of a sheet is another one, or lies in it."""
    return item == whole or item.startswith(f"{whole}/")


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


def _of_each_sort_first(lines: Sequence[Record]) -> list[Record]:
    """Return rows of lines with one of each line before the second of any: those left out are like those shown."""
    times: Counter[tuple[object, object]] = Counter()
    turns = []
    for line in lines:
        sort = (line["item"], line["line"])
        times[sort] += 1
        turns.append(times[sort])
    return [line for _, line in sorted(zip(turns, lines, strict=True), key=lambda one: one[0])]


def _more(depth: int, count: int) -> Step:
    return Step(depth, Phrase("trace-more", {"count": count - MOST_ROWS}))


def _plain(key: str) -> str:
    """Return a row's key as people write it: `w1, 2025`."""
    return key.strip("()[]").replace("'", "").removesuffix(",")
