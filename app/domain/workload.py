"""How much work a regulation asks for, by post: the planned minutes of each time that a duty is owed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from app.domain.core.numbers import normal
from app.domain.core.values import Number, Value
from app.domain.kinds.duty import Duty, State
from app.domain.membership import HOLDER
from app.domain.period import Period
from app.domain.regulation import Regulation
from app.domain.row_changes import Record, Results
from app.domain.zones import date_of, start_of_day

NO_WORK: Final = State.WAIVED
DAYS_A_MONTH: Final = Fraction(1461, 48)
"""A twelfth of the average year, for periods that are no whole months."""
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Load:
    """The work of a post: planned minutes of all who held it, before and after, and how many months that were.

    `months` adds up over the holders the part of the period in which they held the post.
    """

    role: str
    people: int
    months: Number
    before: Number
    after: Number

    @property
    def more(self) -> Number:
        """Minutes more; below zero: fewer."""
        return normal(Fraction(self.after) - Fraction(self.before))

    def each_month(self, minutes: Number) -> Number | None:
        """Return what minutes of all are for each holder and month; None where nobody held the post."""
        return normal(Fraction(minutes) / Fraction(self.months)) if self.months else None


@dataclass(frozen=True, slots=True)
class Workload:
    """The work by post, and the duties that declare no time for it, whose work isn't in it."""

    loads: tuple[Load, ...]
    without: tuple[str, ...]


def workload(before: Results, after: Results) -> Workload:
    """Return what both sides ask of each post, the posts with the largest difference first."""
    posts = _Posts(after)
    minutes: dict[str, list[Fraction]] = {}
    without: dict[str, None] = {}
    for at, side in enumerate((before, after)):
        for duty, record, many in _occurrences(side):
            spent = effort(duty, record, side.regulation)
            if spent is None:
                without[duty.id] = None
                continue
            for role in posts.roles(duty, record):
                minutes.setdefault(role, [Fraction(0), Fraction(0)])[at] += Fraction(spent) * many
    loads = [
        Load(role, *posts.held(role), normal(one), normal(other)) for role, (one, other) in minutes.items()
    ]
    return Workload(
        tuple(sorted(loads, key=lambda load: (-abs(Fraction(load.more)), load.role))), tuple(sorted(without))
    )


def effort(duty: Duty, record: Record, regulation: Regulation) -> Number | None:
    """Return the planned minutes of an occurrence: those of each time, by the law of its start, as often as is needed.

    Of one that is waived none, whatever was planned; None where the duty declares no time.
    """
    if duty.minutes_each is None:
        return None
    if record["state"] == NO_WORK:
        return 0
    start, each = record["start"], duty.minutes_each.values[0][1]
    if isinstance(start, datetime):
        each = duty.minutes_each.on(date_of(regulation.calendar.zone, start))
    needed = record["needed"]
    times = needed if isinstance(needed, int | Fraction) else 1
    return normal(Fraction(each) * Fraction(times)) if isinstance(each, int | Fraction) else None


def _occurrences(side: Results) -> Iterator[tuple[Duty, Record, int]]:
    """Yield occurrences with the duty that they come from, of a duty with versions that of its start.

    Those whose work is the same are one, with how many they are.
    """
    regulation = side.regulation
    for table, kind in side.result_tables().items():
        if kind != "duty":
            continue
        versions = [regulation.duties[name] for name in regulation.versions(table)]
        dated = len(versions) > 1 or any(
            one.minutes_each and not one.minutes_each.constant for one in versions
        )
        by_owner = any(post_of(one) is None for one in versions)
        schema = side.schema(table)
        needed, state, start, owner = map(schema.position, ("needed", "state", "start", "owner"))
        alike = Counter(
            (
                row[needed],
                row[state] == NO_WORK,
                row[start] if dated or by_owner else None,
                row[owner] if by_owner else None,
            )
            for row in side.rows(table).values()
        )
        for (times, waived, begins, owes), many in alike.items():
            day = date_of(regulation.calendar.zone, begins) if isinstance(begins, datetime) else None
            duty = versions[-1] if day is None else regulation.duties[regulation.on(table, day)]
            record = {"needed": times, "state": NO_WORK if waived else "", "start": begins, "owner": owes}
            yield duty, record, many


def post_of(duty: Duty) -> str | None:
    """Return the post in which a duty is owed; None where it goes by who owes it."""
    return duty.owed_by_role or duty.for_each.role or duty.for_each.post


class _Posts:
    """Who holds which post, within the period."""

    def __init__(self, results: Results) -> None:
        zone = results.regulation.calendar.zone
        self._period = results.period
        self._start = start_of_day(zone, results.period.start)
        self._end = start_of_day(zone, results.period.end)
        self._spans: dict[Value, list[tuple[datetime, datetime | None, str]]] = {}
        if results.has(HOLDER):
            names = [column.name for column in results.schema(HOLDER).columns]
            for row in results.rows(HOLDER).values():
                record = dict(zip(names, row, strict=True))
                start, end = record["start"], record["end"]
                if isinstance(start, datetime):
                    until = end if isinstance(end, datetime) else None
                    self._spans.setdefault(record["worker"], []).append((start, until, str(record["role"])))

    def roles(self, duty: Duty, record: Record) -> tuple[str, ...]:
        """Return the post in which an occurrence is owed: the duty's own, else the first that its owner held then."""
        own = post_of(duty)
        if own is not None:
            return (own,)
        start = record["start"]
        return tuple(
            sorted(
                role
                for since, until, role in self._spans.get(record["owner"], ())
                if isinstance(start, datetime) and since <= start and (until is None or start < until)
            )[:1]
        )

    def held(self, role: str) -> tuple[int, Number]:
        """Return how many people held a post within the period, and for how many months together."""
        people, seconds = 0, Fraction(0)
        for spans in self._spans.values():
            own = sum(
                (self._within(since, until) for since, until, held in spans if held == role), Fraction(0)
            )
            people += own > 0
            seconds += own
        whole = Fraction((self._end - self._start) // _SECOND)
        return people, normal(seconds / whole * months_of(self._period))

    def _within(self, since: datetime, until: datetime | None) -> Fraction:
        last = self._end if until is None else min(until, self._end)
        return Fraction(max((last - max(since, self._start)) // _SECOND, 0))


def months_of(period: Period) -> Fraction:
    """Return how many months a period has: whole ones, or its days by the average month."""
    if period.start.day == period.end.day == 1:
        years = period.end.year - period.start.year
        return Fraction(years * 12 + period.end.month - period.start.month)
    return Fraction((period.end - period.start).days) / DAYS_A_MONTH
