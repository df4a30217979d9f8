"""The clock of a deadline: its limit, what holds it back, what moves it, and by when it can still be done."""

from dataclasses import replace

from app.domain.core.plan import Aggregate, LastInstant, Law, Overlap, Reach, Reckon, Step, Tally, TimeLink
from app.domain.core.values import Kind, Length, Type, Unit
from app.domain.kinds.common import Source
from app.domain.kinds.duty import Duty, Extension, Pause
from app.domain.kinds.duty_ties import Tie, Whom, tied, tied_or_owner
from app.domain.kinds.expansion import Expansion, figure, prepared_source
from app.domain.kinds.tree import ABSENT, INSTANT, KEYS, MAYBE_INSTANT, name

LENGTH = Type(Kind.LENGTH)
SPANS = Type(Kind.SPANS)
NEVER = Length(100, Unit.YEARS)
"""How long a limit without an end can still be met."""

SINCE = TimeLink(Overlap.SINCE, "start", "", "at", "")


def held_back(duty: Duty) -> bool:
    """Whether something may hold a duty's clock back or move its limit."""
    return bool(duty.pauses) or duty.extended_by is not None


def limit_steps(duty: Duty, whom: Whom, into: Expansion) -> list[Step]:
    """Return the steps that add `due` and `due_at_best` from `start` and `limit`, by pauses and extensions.

    The first looks at what surely holds the clock back, the second at all that may. Both are n/a while a pause is open.
    """
    steps: list[Step] = []
    sure, perhaps = [], []
    for at, pause in enumerate(duty.pauses):
        column = f"pause{at}"
        steps.append(
            Law(
                "start",
                (
                    figure(f"{column}_each", pause.at_most, ABSENT, LENGTH),
                    figure(f"{column}_all", pause.in_all, ABSENT, LENGTH),
                ),
            )
        )
        steps += _pause(duty, pause, column, whom, into)
        sure.append(column)
        perhaps.append(f"{column}_at_best")
    for stops, columns, due in (("stops", sure, "due"), ("stops_at_best", perhaps, "due_at_best")):
        steps.append(Reckon(stops, "together", tuple(columns), SPANS))
        steps.append(Reach(due, "start", "limit", stops))
    if duty.extended_by is not None:
        steps += _extension(duty, duty.extended_by, whom, into)
    return steps


def _lists(source: Source, tie: Tie, columns: dict[str, str], time: TimeLink) -> Tally:
    """Return a tally of lists: of each column of the source those that surely count, and those that may."""
    made = []
    for column, argument in columns.items():
        own = name(argument, INSTANT)
        made.append(Aggregate(column, "list", own, KEYS, source.where))
        made.append(Aggregate(f"{column}_at_best", "list_possible", own, KEYS, source.where))
    return Tally(tie.table, ((tie.spine, tie.column),), tuple(made), time)


def _prepared(source: Source, duty: Duty, part: str, into: Expansion) -> Source:
    return replace(source, table=prepared_source(source, f"{duty.id}.{part}#", into))


def _pause(duty: Duty, pause: Pause, column: str, whom: Whom, into: Expansion) -> list[Step]:
    figures = (f"{column}_each", f"{column}_all")
    at_best = f"{column}_at_best"
    if pause.during is not None:
        source = _prepared(pause.during, duty, f"{column}.during", into)
        time = TimeLink(Overlap.OVERLAPS, "start", "", "start", "end")
        columns = {f"{column}_from": "start", f"{column}_until": "end"}
        lists = _lists(source, tied_or_owner(source, whom, into), columns, time)
        both = (f"{column}_from", f"{column}_until")
        may = tuple(f"{one}_at_best" for one in both)
        return [
            lists,
            Reckon(column, "standing", (*figures, *both), SPANS),
            Reckon(at_best, "standing", (*figures, *may), SPANS),
        ]
    entries = [
        (part, _prepared(source, duty, f"{column}.{part}", into))
        for part, source in (("asked", pause.begins), ("received", pause.ends))
        if source is not None
    ]
    steps = [_lists(own, tied(own, whom, into), {f"{column}_{part}": "at"}, SINCE) for part, own in entries]
    # The limit comes soonest by what surely began and may have ended, latest by what may have begun and surely ended.
    asked, received = f"{column}_asked", f"{column}_received"
    soonest, latest = (asked, f"{received}_at_best"), (f"{asked}_at_best", received)
    return [
        *steps,
        Reckon(column, "pauses", ("limit", *figures, *soonest), SPANS),
        Reckon(at_best, "pauses", ("limit", *figures, *latest), SPANS),
    ]


def _extension(duty: Duty, extension: Extension, whom: Whom, into: Expansion) -> list[Step]:
    source = _prepared(extension.source, duty, "extension", into)
    columns = {"granted": "at", "amounts": extension.column or "at"}
    figures = (
        figure("longer", extension.by, ABSENT, LENGTH),
        figure("longer_each", extension.at_most, ABSENT, LENGTH),
        figure("longer_all", extension.in_all, ABSENT, LENGTH),
        figure("longest", extension.total, ABSENT, LENGTH),
    )
    read = ("limit", *(column for column, _, _ in figures), "start")
    steps: list[Step] = [_lists(source, tied(source, whom, into), columns, SINCE), Law("start", figures)]
    for due, stops, suffix in (("due", "stops", ""), ("due_at_best", "stops_at_best", "_at_best")):
        given = (f"granted{suffix}", f"amounts{suffix}")
        steps.append(Reckon(due, "extended", (*read, due, stops, *given), MAYBE_INSTANT, (suffix != "",)))
    return steps


def closing_steps(duty: Duty, *, at_best: bool) -> list[Step]:
    """Return the steps that add `at`, the limit's last instant, and `closes`, since when it can't be done any more."""
    steps: list[Step] = [
        LastInstant("at", "due"),
        Law("start", (figure("grace", duty.late_until, NEVER, LENGTH),)),
    ]
    if at_best:
        return [*steps, LastInstant("latest_at", "due_at_best"), Reach("closes", "latest_at", "grace")]
    return [*steps, Reach("closes", "at", "grace")]
