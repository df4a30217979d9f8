"""What counts towards an occurrence: the entries of its sources, their weights, minutes and sub-quotas."""

from dataclasses import replace
from typing import NamedTuple

from app.domain.core.expressions import TRUE, Call, Expression, names_in
from app.domain.core.plan import (
    Aggregate,
    Allot,
    Derivation,
    From,
    Law,
    Overlap,
    Set,
    Step,
    Tally,
    TimeLink,
    Where,
)
from app.domain.core.values import Type
from app.domain.kinds.common import Source
from app.domain.kinds.duty import Duty, MetBy, Tier
from app.domain.kinds.expansion import Expansion, figure
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import link_column
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    KEYS,
    MAYBE_INSTANT,
    NUMBER,
    at_least,
    both,
    choose,
    constant,
    either,
    minus,
    name,
    negated,
    number,
    plus,
    times,
)


class Whom(NamedTuple):
    """Whom a duty is about: what its subject refers to, and the level when that is a place."""

    refers: str
    level: str | None = None


EVENT = ("tie", "begins", "ends", "weight", "minutes", "unsure")


# ---- what counts ---------------------------------------------------------------------------------------------------
def source_rows(source: Source) -> list[Step]:
    """Return the steps that read a source's rows, with the columns that it sets."""
    steps: list[Step] = [From((source.table,))]
    if source.set:
        steps.append(Set(source.set))
    return steps


def tied(source: Source, whom: Whom, into: Expansion) -> tuple[str, str]:
    """Return the table of a source's rows and its column that refers to whom the duty is about."""
    if whom.level is not None:
        return lifted_table(source.table, whom.level, source.link, into), LIFTED
    return source.table, link_column(into.tables[source.table], whom.refers, declared=source.link)


LONG_ENOUGH = 10**6
"""More minutes than any session is asked to last."""


def _event(
    met: MetBy, whom: Whom, into: Expansion
) -> tuple[list[Step], tuple[tuple[str, Expression, Type], ...]]:
    """Return the rows that a `met_by` counts, and the columns that all of them share in a union."""
    source = met.source
    table, link = tied(source, whom, into)
    schema = into.tables[table]
    steps = source_rows(replace(source, table=table))
    if source.where != TRUE:
        steps.append(Where(source.where, "held"))
    spans = "start" in schema and "end" in schema
    weight = constant(1, NUMBER) if met.counts is None else constant(met.counts.values[0][1], NUMBER)
    minutes: Expression = number(0)
    if spans:
        minutes = times(Call("hours_in", (name("start", INSTANT), name("end", INSTANT)), NUMBER), number(60))
    elif "minutes" in schema:
        minutes = name("minutes", schema.type_of("minutes"))
    # Of a session whose length isn't known it isn't known either whether it counts: at best it is long enough.
    known = both(Call("known", (minutes,), BOOLEAN), Call("applies", (minutes,), BOOLEAN))
    unsure = [negated(known)] if met.minutes is not None else []
    if source.where != TRUE:
        unsure.append(name("held", BOOLEAN))
    first = name("start", INSTANT) if spans else name("at", INSTANT)
    last = name("end", INSTANT) if spans else name("at", INSTANT)
    columns = (
        ("tie", name(link, schema.type_of(link)), schema.type_of(link)),
        ("begins", first, INSTANT),
        ("ends", last, INSTANT),
        ("weight", weight, NUMBER),
        ("minutes", choose(known, minutes, number(LONG_ENOUGH), NUMBER), NUMBER),
        ("unsure", either(*unsure) if unsure else constant(value=False, type_=BOOLEAN), BOOLEAN),
    )
    return steps, columns


def _events(duty: Duty, tier: Tier, whom: Whom, table: str, into: Expansion) -> tuple[str, bool]:
    """Add the table of the entries that may meet the duty; return its name and whether they have a length in time."""
    names = []
    spans = False
    for at, met in enumerate(tier.met_by):
        steps, columns = _event(met, whom, into)
        schema = into.tables[met.source.table]
        spans = spans or ("start" in schema and "end" in schema)
        own = f"{table}met{at}"
        steps.append(Set(columns))
        if met.minutes is not None and not met.together:
            steps.append(Law("begins", (("least", met.minutes.values, NUMBER),)))
            steps.append(Where(at_least(name("minutes", NUMBER), name("least", NUMBER))))
        key = tuple(schema.key)
        read = {column for quota in duty.of_which for column in names_in(quota.condition)}
        kept = (*key, *(column for column in sorted(read) if column in schema), *EVENT)
        into.add(Derivation(own, tuple(steps), table, tuple(dict.fromkeys(kept))))
        names.append(own)
    if len(names) == 1:
        return names[0], spans
    union = f"{table}met"
    into.add(Derivation(union, (From(tuple(names)),), table))
    return union, spans


def counted_steps(
    duty: Duty, tier: Tier, whom: Whom, table: str, into: Expansion, *, grace: bool
) -> list[Step]:
    """Return the steps that add `counted, possible, short, met_at, entries`."""
    events, spans = _events(duty, tier, whom, table, into)
    sure = negated(name("unsure", BOOLEAN))
    together = any(met.together for met in tier.met_by)
    weighed = "minutes" if together else "weight"
    certain = (
        Aggregate("total", "sum_sure", name(weighed, NUMBER), NUMBER, sure),
        Aggregate("reached", "reached", name("ends", INSTANT), MAYBE_INSTANT, sure, "needed"),
        Aggregate("latest", "last", name("ends", INSTANT), MAYBE_INSTANT, sure),
        Aggregate("entries", "keys", None, KEYS, sure),
        *(
            Aggregate(f"of_{quota.id}", "count_sure", None, NUMBER, both(sure, quota.condition))
            for quota in duty.of_which
        ),
    )
    possible = (
        Aggregate("total_possible", "sum_sure", name(weighed, NUMBER), NUMBER),
        *(
            Aggregate(f"may_{quota.id}", "count_possible", None, NUMBER, quota.condition)
            for quota in duty.of_which
        ),
    )
    on = (("subject", "tie"),)
    steps: list[Step]
    if grace:
        # Each by itself: an unsure entry takes no place from a sure one, but may fill what is left.
        steps = [
            Allot(events, on, "start", "closes", "needed", certain, sure, at="ends"),
            Allot(events, on, "start", "closes", "needed", possible, at="ends"),
        ]
    else:
        overlap = Overlap.LONGER_PART if spans else Overlap.INSIDE
        time = TimeLink(overlap, "start", "end", "begins", "ends")
        steps = [Tally(events, on, (*certain, *possible), time)]
    if together:
        minutes = next(met.minutes for met in tier.met_by if met.together)
        steps.append(Law("start", (figure("enough", minutes, 0, NUMBER),)))
        for column, total in (("counted", "total"), ("possible", "total_possible")):
            reaches = at_least(name(total, NUMBER), name("enough", NUMBER))
            steps.append(Set(((column, choose(reaches, name("needed", NUMBER), number(0), NUMBER), NUMBER),)))
    else:
        steps.append(
            Set(
                (
                    ("counted", name("total", NUMBER), NUMBER),
                    ("possible", name("total_possible", NUMBER), NUMBER),
                )
            )
        )
    if duty.of_which:
        needs = tuple(figure(f"need_{quota.id}", quota.at_least, 0, NUMBER) for quota in duty.of_which)
        steps.append(Law("start", needs))
    steps.append(
        Set(
            (
                ("short", _short(duty, "counted", "of"), NUMBER),
                ("short_at_best", _short(duty, "possible", "may"), NUMBER),
                ("met_at", _met_at(), MAYBE_INSTANT),
            )
        )
    )
    return steps


def _short(duty: Duty, counted: str, prefix: str) -> Expression:
    """Return the larger of the whole shortfall and the sum of the sub-quotas' shortfalls."""
    whole = Call("max", (minus(name("needed", NUMBER), name(counted, NUMBER)), number(0)), NUMBER)
    if not duty.of_which:
        return whole
    parts: Expression = number(0)
    for quota in duty.of_which:
        lack = minus(name(f"need_{quota.id}", NUMBER), name(f"{prefix}_{quota.id}", NUMBER))
        parts = plus(parts, Call("max", (lack, number(0)), NUMBER))
    return Call("max", (whole, parts), NUMBER)


def _met_at() -> Expression:
    return choose(
        at_least(name("counted", NUMBER), name("needed", NUMBER)),
        choose(
            Call("applies", (name("reached", MAYBE_INSTANT),), BOOLEAN),
            name("reached", MAYBE_INSTANT),
            name("latest", MAYBE_INSTANT),
            MAYBE_INSTANT,
        ),
        constant(ABSENT, MAYBE_INSTANT),
        MAYBE_INSTANT,
    )
