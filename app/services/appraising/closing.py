"""Closing a period, and what would be otherwise now: later entries never change a closed outcome, and never hide.

The outcome of a closed period is kept as it was, with the revision and the hash of the entries that it follows from;
each appraised result is an entry of the form `publication`, which later periods read instead of computing it again. A
correction, a withdrawal or an appeal that is granted afterwards is an entry like any other: the period is worked out
again under its own revision, and the difference is told beside the frozen outcome, row by row, with its causes.
"""

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from app.domain.core.traces import Ref
from app.domain.differences import Difference, differences
from app.domain.entry import Entry
from app.domain.kinds.versions import whole_of
from app.domain.outcome import Outcome
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.canonical import outcome_text
from app.services.evaluate import Evaluation, ledger_hash
from app.services.live import Community, LiveCommunities, read_period
from app.services.ports import Clock, Closed, Closings, Decider, Declarations, Ledger, Progress, Revisions
from app.services.reasons.explain import Explained, Explainer

PUBLICATION: Final = "publication"
_KEPT: Final = 2
"""How many closed periods are kept ready as they were."""
_WHOM: Final = ("about", "owner", "subject")
"""Columns that say whom a row concerns, the first that is there."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a closed period would have otherwise now.

    `whom` is whom it concerns, "" for nobody. `causes` are the entries recorded since that the row rests on, or whose
    predecessor it rested on, by id; none where time alone did it.
    """

    difference: Difference
    whom: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A closed period beside what it would be as of `as_of`. `later` are the entries recorded since, by id."""

    closed: Closed
    as_of: datetime
    changes: tuple[Change, ...]
    later: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON data."""
        return {
            "place": self.closed.place,
            "period": self.closed.period,
            "revision": self.closed.revision,
            "closed": {"as_of": self.closed.as_of.isoformat(), "by": self.closed.closed_by},
            "as_of": self.as_of.isoformat(),
            "later": list(self.later),
            "changes": [
                {
                    "table": change.difference.table,
                    "kind": change.difference.kind.value,
                    "key": list(change.difference.key),
                    "whom": change.whom,
                    "columns": {
                        name: {"from": before, "to": after}
                        for name, before, after in change.difference.columns
                    },
                    "causes": list(change.causes),
                }
                for change in self.changes
            ],
        }


@dataclass(frozen=True, slots=True)
class ClosingPorts:
    """What closing needs from outside."""

    live: LiveCommunities
    ledger: Ledger
    closings: Closings
    revisions: Revisions
    declarations: Declarations
    decider: Callable[[], Decider]
    clock: Clock


class Closing:
    """Closes periods and reports differences. It checks no permission: who may close is for those who call it."""

    def __init__(self, ports: ClosingPorts) -> None:
        """Keep the ports."""
        self._ports = ports
        self._reports: dict[tuple[str, str], tuple[tuple[int, date], Report]] = {}
        self._tables: OrderedDict[tuple[str, str, str, datetime], Evaluation] = OrderedDict()
        self._lock = asyncio.Lock()

    async def close(self, place: str, period: str, by: str, progress: Progress | None = None) -> Closed:
        """Freeze a period under the regulation in force and publish its appraisals; return it as it was closed.

        A period that is closed already stays as it is; publications that are missing (the process died) are made up
        for. Raises ProblemError: E510 no regulation, E511 no such period, E590 the period isn't over; DecisionError.
        `progress` is called with (nodes, of) of each evaluation.
        """
        ports = self._ports
        found = await ports.closings.get(place, period)
        if found is None:
            community = await ports.live.fresh(place, progress)
            now = ports.clock()
            window = read_period(period, community.regulation)
            if date_of(community.regulation.calendar.zone, now) < window.end:
                raise ProblemError(Problem("E590", values={"period": period}))
            outcome = await self._frozen(community, period, now, progress)
            made = Closed(
                place, period, outcome.revision, outcome.ledger, outcome.as_of, by, outcome_text(outcome)
            )
            await ports.closings.add(made)
            # Of two who close at once the first one's outcome stands.
            found = await ports.closings.get(place, period) or made
        regulation = await self._regulation(found)
        entries = list(publications(found, regulation, ports.clock()))
        await ports.ledger.append(entries, {})
        return found

    async def _frozen(
        self, community: Community, period: str, now: datetime, progress: Progress | None
    ) -> Outcome:
        """Return the outcome of a period by the tables at work, which whoever closes it has been looking at.

        They are what a whole evaluation of their entries gives; where something in them was recorded after their
        moment, the period is worked out from its first entry.
        """
        live = self._ports.live
        tables = await live.other_period(community.place, period, progress)
        with live.held(tables):
            taken = [entry for entry in community.entries.values() if tables.knows(entry.id)]
            if tables.as_of is not None and all(entry.recorded_at <= tables.as_of for entry in taken):
                return await asyncio.to_thread(lambda: tables.outcome(ledger_hash(taken)))
        entries = [entry for entry in taken if entry.recorded_at <= now]
        return await asyncio.to_thread(
            lambda: self._evaluation(community.regulation, entries, (period, now), progress).outcome(
                ledger_hash(entries)
            )
        )

    async def closed(self, place: str, period: str) -> Closed | None:
        """Return a period as it was closed, or None while it is open."""
        return await self._ports.closings.get(place, period)

    async def tables(
        self, community: Community, closed: Closed, progress: Progress | None = None
    ) -> Evaluation:
        """Return the tables of a closed period as they were: of what was recorded then, under its own revision.

        They are worked out once, then kept. Raises ProblemError E592, DecisionError. `progress` as `report`.
        """
        key = closed.place, closed.period, closed.ledger, closed.as_of
        async with self._lock:
            found = self._tables.pop(key, None)
            if found is None:
                regulation = community.regulation
                if regulation.revision != closed.revision:
                    regulation = await self._regulation(closed)
                taken = list(_taken(closed, community.entries.values()))
                when = closed.period, closed.as_of
                found = await asyncio.to_thread(self._evaluation, regulation, taken, when, progress)
            self._tables[key] = found
            while len(self._tables) > _KEPT:
                self._tables.popitem(last=False)
        return found

    async def report(self, place: str, period: str, progress: Progress | None = None) -> Report:
        """Return what a closed period would be now, beside what it was. Raises ProblemError E591, DecisionError.

        `progress` is called with (nodes, of) of each evaluation.
        """
        closed = await self._ports.closings.get(place, period)
        if closed is None:
            raise ProblemError(Problem("E591", values={"period": period}))
        now = self._ports.clock()
        seen = await self._ports.ledger.last_number(place), now.date()
        ready = self._reports.get((place, period))
        if ready is not None and ready[0] == seen:
            return ready[1]
        live = self._ports.live
        if await self._ports.revisions.get(place, closed.revision) is None:
            raise ProblemError(Problem("E592", values={"period": period}))
        community = await live.fresh(place, progress)
        if community.regulation.revision == closed.revision:
            again = await live.other_period(place, period, progress)
        else:
            regulation, entries = await self._regulation(closed), list(community.entries.values())
            again = await asyncio.to_thread(self._evaluation, regulation, entries, (period, now), progress)
        with live.held(again):
            entries = [entry for entry in community.entries.values() if again.knows(entry.id)]
            known = {entry.id for entry in _taken(closed, entries)}
            later = [entry for entry in entries if entry.id not in known and entry.form != PUBLICATION]
            found = await asyncio.to_thread(self._differences, closed, again)
            changes: tuple[Change, ...] = ()
            if found:
                before = await self.tables(community, closed, progress)
                changes = await asyncio.to_thread(_changes, before, again, later, found)
        made = Report(closed, again.as_of or closed.as_of, changes, tuple(entry.id for entry in later))
        self._reports[place, period] = seen, made
        return made

    async def _regulation(self, closed: Closed) -> Regulation:
        """Return the regulation under which a period was closed. Raises ProblemError E592 when it is gone."""
        revision = await self._ports.revisions.get(closed.place, closed.revision)
        loaded = (
            None
            if revision is None
            else self._ports.declarations.load(closed.place, revision.files, with_cases=False)
        )
        if loaded is None or loaded.regulation is None:
            raise ProblemError(Problem("E592", values={"period": closed.period}))
        return loaded.regulation

    def _evaluation(
        self,
        regulation: Regulation,
        entries: Iterable[Entry],
        when: tuple[str, datetime],
        progress: Progress | None,
    ) -> Evaluation:
        period, as_of = when
        made = Evaluation(regulation, read_period(period, regulation), self._ports.decider())
        made.load(entries, as_of, progress)
        return made

    def _differences(self, closed: Closed, again: Evaluation) -> list[Difference]:
        """Return where the tables of today are otherwise than the outcome that was kept."""
        frozen: Mapping[str, Any] = json.loads(closed.outcome)["tables"]
        told = again.outcome("").to_json()["tables"]
        keys = {table: again.schema(table).key for table in again.result_tables()}
        # That the year went on to its next stage, by being frozen first of all, changes nothing of its results.
        courses = {one.course for one in again.regulation.appraisals.values()}
        return [one for one in differences(frozen, told, keys) if one.table.partition(".")[0] not in courses]


def _changes(
    before: Evaluation, again: Evaluation, later: list[Entry], found: list[Difference]
) -> tuple[Change, ...]:
    causes = _Causes(before, again, later)
    return tuple(Change(item, whom_of(item), causes.of(item)) for item in found)


def _taken(closed: Closed, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield what a closing took in, of entries in the order in which they came.

    What came after its first publication is later, whatever its stamp says: an import may bring earlier ones.
    """
    for entry in entries:
        if entry.form == PUBLICATION and entry.at == closed.as_of:
            return
        if entry.recorded_at <= closed.as_of:
            yield entry


class _Causes:
    """Which later entries a difference comes from: by what the row rests on now, and rested on before.

    Only rows that differ are followed, on both sides, for what is the same made no difference: a year's result rests on
    a hundred thousand rows, of which a correction changes a handful.
    """

    def __init__(self, before: Evaluation, after: Evaluation, later: list[Entry]) -> None:
        self._sides = [(side, Explainer(side)) for side in (before, after)]
        self._keys = [
            {table: self._by_text(side, table) for table in side.result_tables()} for side in (before, after)
        ]
        self._later = later

    @staticmethod
    def _by_text(side: Evaluation, table: str) -> dict[tuple[str, ...], Any]:
        schema = side.schema(table)
        places = [schema.position(name) for name in schema.key]
        return {tuple(str(row[at]) for at in places): key for key, row in side.rows(table).items()}

    def of(self, difference: Difference) -> tuple[str, ...]:
        """Return the ids of the entries that caused a difference, in the order in which they were stored."""
        table, rests = difference.table, set[str]()
        left = []
        for (side, _), keys in zip(self._sides, self._keys, strict=True):
            key = keys.get(table, {}).get(_text_of(difference, side.schema(table).key))
            left += [] if key is None else [Ref(table, key)]
        seen = set(left)
        while left:
            ref = left.pop()
            for one in self._steps(ref):
                rests.update(one.entries)
                behind = {other for other in one.trace.behind if other not in seen and self._differs(other)}
                seen |= behind
                left += behind
        return tuple(entry.id for entry in self._later if entry.id in rests or entry.supersedes in rests)

    def _steps(self, ref: Ref) -> Iterator[Explained]:
        """Yield a row with one step back, on each side where it is."""
        return (one.step(ref) for _, one in self._sides if one.row(ref) is not None)

    def _differs(self, ref: Ref) -> bool:
        before, after = (one.row(ref) for _, one in self._sides)
        return before != after


def _text_of(difference: Difference, names: tuple[str, ...]) -> tuple[str, ...]:
    values = (difference.row.get(name) for name in names)
    return tuple(str(tuple(value)) if isinstance(value, list) else str(value) for value in values)


def whom_of(difference: Difference) -> str:
    """Return whom a row concerns: a person, a place or a household; "" for nobody."""
    values = (difference.row.get(name) for name in _WHOM)
    return next((value for value in values if isinstance(value, str)), "")


def publications(closed: Closed, regulation: Regulation, now: datetime) -> Iterator[Entry]:
    """Yield an entry for each result of each appraisal of a closed period; the same ones whenever it is asked."""
    tables = json.loads(closed.outcome)["tables"]
    for appraisal in dict.fromkeys(map(whole_of, regulation.appraisals)):
        table = tables.get(appraisal, {"columns": [], "rows": []})
        for values in table["rows"]:
            row = dict(zip(table["columns"], values, strict=True))
            name = f"{closed.place}\0{closed.period}\0{appraisal}\0{row['about']}\0{row['period']}"
            answers = {
                "of": appraisal,
                "period": row["period"],
                "score": _answer(row["score"]),
                "grade": _answer(row["grade"]),
                "revision": closed.revision,
            }
            yield Entry(
                id=f"publication-{hashlib.sha256(name.encode()).hexdigest()[:32]}",
                place=closed.place,
                form=PUBLICATION,
                at=closed.as_of,
                by=closed.closed_by,
                recorded_at=now,
                answers={key: value for key, value in answers.items() if value is not None},
                subject=row["about"],
                revision=closed.revision,
                source="system",
            )


def _answer(value: Any) -> str | None:  # noqa: ANN401 - JSON
    return None if value is None or isinstance(value, dict) else str(value)
