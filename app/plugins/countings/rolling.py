"""Rolling windows: each counted entry starts one, up to its limit, in which the next has to come."""

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    During,
    From,
    LastInstant,
    Overlap,
    Reach,
    Reckon,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tag,
    Tally,
    TimeLink,
    Unnest,
    Where,
)
from app.domain.core.values import Type
from app.domain.kinds.counting import Owing, Windowed, Windows
from app.domain.kinds.duty import Duty, Tier
from app.domain.kinds.duty_clock import LENGTH
from app.domain.kinds.duty_events import Events, events_table
from app.domain.kinds.duty_labels import day_steps
from app.domain.kinds.duty_ties import Whom
from app.domain.kinds.spine import Spine
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    INTEGER,
    KEYS,
    MAYBE_INSTANT,
    NUMBER,
    both,
    choose,
    constant,
    equal,
    less,
    minus,
    name,
    negated,
    number,
    times,
)
from app.domain.workdays import Every


def _rolling(owing: Owing) -> Windowed:
    """Return the windows, each counted by the entry with which the next one begins.

    The first window starts with each unbroken stay, at the earliest when the duty comes into force. Where it goes on
    from a version before, that one's windows run to their end, and each entry since starts one of this.
    """
    duty, tier, spine, table, into = owing.duty, owing.tier, owing.spine, owing.table, owing.into
    limit = None if tier.every is None else tier.every.rolling
    if limit is None:
        message = "a rolling window has a limit"
        raise ValueError(message)
    whom = Whom(spine.refers, spine.level)
    events = events_table(duty, tier, whom, table, into, windows=False)
    stays, entries, starts = f"{table}stays", f"{table}entries", f"{table}starts"
    subject = into.tables[spine.spans].type_of(spine.link)
    into.add(Derivation(stays, tuple(_stays(duty, tier, spine)), duty.id, _STARTS))
    into.add(
        Derivation(
            entries,
            (
                From((events.table,)),
                Where(negated(name("unsure", BOOLEAN))),
                Tag("origin_row"),
                Set(
                    (
                        ("subject", name("tie", subject), subject),
                        ("start", name("ends", INSTANT), INSTANT),
                        _entry(1),
                    )
                ),
                Rekey(("origin_row",)),
            ),
            duty.id,
            _STARTS,
        )
    )
    into.add(Derivation(starts, (From((stays, entries)),), duty.id))
    counts = equal(name("entry", INTEGER), number(1))
    columns = (
        Running("next_at", "following", (name("start", INSTANT), counts), MAYBE_INSTANT),
        Running("next_row", "followed", (name("origin_row", KEYS), counts), KEYS),
    )
    steps: list[Step] = [
        From((starts,)),
        Sequence(("subject",), (("start", False), ("entry", False)), columns),
        Set((("limit", constant(limit, LENGTH), LENGTH),)),
        Reach("end", "start", "limit"),
        LastInstant("at", "end"),
        *day_steps("subject", "entry"),
        During(Every("day"), "start", "at", "seen"),
        Set((("seconds", _seconds(), INTEGER),)),
    ]
    return Windowed(tuple(steps), counted=tuple(_followed(events)))


_STARTS = ("subject", "start", "entry", "origin_row")


def _entry(value: int) -> tuple[str, Expression, Type]:
    return "entry", number(value), INTEGER


def _stays(duty: Duty, tier: Tier, spine: Spine) -> list[Step]:
    steps: list[Step] = list(spine.steps)
    since = "start"
    if duty.heading.since is not None and not duty.goes_on:
        since = "opens"
        steps.append(Reckon(since, "day_start", (), INSTANT, (duty.heading.since,)))
    if spine.refers == "place":
        # Places are there for all time: their first window starts with the duty, or never.
        return [*steps, Where(_bounded(duty)), *_begun(since)]
    begun = Aggregate("begun", "stays", None, KEYS, tier.condition)
    time = TimeLink(Overlap.OVERLAPS, since, "", "start", "end")
    tally = Tally(spine.spans, (("subject", spine.link),), (begun,), time, spine.member)
    return [*steps, tally, Unnest("began", INSTANT, "begun"), *_begun("began")]


def _bounded(duty: Duty) -> Expression:
    return constant(value=duty.heading.since is not None and not duty.goes_on, type_=BOOLEAN)


def _begun(column: str) -> list[Step]:
    return [
        Tag("origin_row"),
        Set((("start", name(column, INSTANT), INSTANT), _entry(0))),
        Rekey(("origin_row",)),
    ]


def _seconds() -> Expression:
    hours = Call("hours_in", (name("start", INSTANT), name("end", INSTANT)), NUMBER)
    return times(hours, number(3600))


def _followed(events: Events) -> list[Step]:
    """Return the steps that add `counted, possible, short, short_at_best, met_at, entries` of a rolling window."""
    there = name("next_at", MAYBE_INSTANT)
    in_time = both(Call("applies", (there,), BOOLEAN), less(there, name("closes", INSTANT)))
    unsure = Aggregate("perhaps", "count_sure", None, INTEGER, name("unsure", BOOLEAN))
    time = TimeLink(Overlap.INSIDE, "start", "closes", "ends", "ends")
    one, none = number(1), number(0)
    counted = equal(name("counted", NUMBER), one)
    at_best = choose(less(none, name("perhaps", INTEGER)), none, name("short", NUMBER), NUMBER)
    return [
        Tally(events.table, ((events.spine, "tie"),), (unsure,), time),
        Set((("counted", choose(in_time, one, none, NUMBER), NUMBER),)),
        Set(
            (
                (
                    "possible",
                    minus(
                        number(1),
                        choose(
                            both(negated(counted), equal(name("perhaps", INTEGER), none)), one, none, NUMBER
                        ),
                    ),
                    NUMBER,
                ),
                ("short", choose(counted, none, one, NUMBER), NUMBER),
                (
                    "met_at",
                    choose(counted, there, constant(ABSENT, MAYBE_INSTANT), MAYBE_INSTANT),
                    MAYBE_INSTANT,
                ),
                ("entries", choose(counted, name("next_row", KEYS), constant((), KEYS), KEYS), KEYS),
            )
        ),
        Set((("short_at_best", at_best, NUMBER),)),
    ]


ROLLING = Windows("rolling", _rolling, keyed=True)
