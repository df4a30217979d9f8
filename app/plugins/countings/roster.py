"""Rosters: when somebody owes something stands in entries, as spans or moments, not in the calendar."""

from dataclasses import replace

from app.domain.core.expressions import Call
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    During,
    From,
    LastInstant,
    Overlap,
    Reckon,
    Set,
    Step,
    Tally,
    TimeLink,
    Unnest,
    Where,
)
from app.domain.core.values import Kind, Schema, Type
from app.domain.kinds.counting import Owing, Windowed, Windows
from app.domain.kinds.duty import Duty, Membership, Roster, Tier
from app.domain.kinds.duty_events import source_rows
from app.domain.kinds.duty_labels import day_steps
from app.domain.kinds.duty_ties import Whom, refers_to_one, tied
from app.domain.kinds.expansion import Expansion, prepared_source
from app.domain.kinds.links import link_column
from app.domain.kinds.spine import PLACE_LEVELS, REF, Spine
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    KEYS,
    NUMBER,
    both,
    less,
    name,
    negated,
    number,
    times,
)
from app.domain.workdays import Every
from app.plugins.countings.spacing import calendar_windows


def _momentary(roster: Roster, into: Expansion) -> bool:
    """Whether a roster has moments, not spans: then one must have been a member as they came."""
    schema = into.tables[roster.source.table]
    return not ("start" in schema and "end" in schema)


def _windows(roster: Roster, tier: Tier, spine: Spine, into: Expansion) -> list[Step]:
    """Return the steps that give a window for each row of the roster and each subject that it concerns.

    A row concerns whom it refers to; one that refers to nobody all who were at its place, or in it, as it began.
    """
    source = roster.source
    schema = into.tables[source.table]
    subject = Type(REF, to=spine.refers)
    if spine.level is not None:
        tie = tied(source, Whom(spine.refers, spine.level), into)
        concerned: list[Step] = []
        column, table = tie.column, tie.table
    elif source.link is not None or refers_to_one(schema, spine.refers):
        column, table = link_column(schema, spine.refers, declared=source.link), source.table
        several = schema.type_of(column).kind is Kind.REFS
        concerned = [Unnest("member", subject, column)] if several else []
        column = "member" if several else column
    else:
        column, table = "member", source.table
        concerned = _all_there(spine, subject, _place_of(schema, into), into)
    spans = not _momentary(roster, into)
    steps: list[Step] = [*source_rows(replace(source, table=table)), Where(source.where, "rostered_perhaps")]
    if not spans:
        # What is met by being named in the roster's own row lies in that moment; anything else in its day.
        own = all(met.source.table == source.table for met in tier.met_by)
        steps += [
            Set((("start", name("at", INSTANT), INSTANT),)),
            Reckon("end", "instant_after" if own else "day_end", ("at",), INSTANT),
        ]
    hours = Call("hours_in", (name("start", INSTANT), name("end", INSTANT)), NUMBER)
    return [
        *steps,
        *concerned,
        Set((("subject", name(column, subject), subject),)),
        Set((("seconds", times(hours, number(3600)), INTEGER),)),
        LastInstant("at", "end"),
        # Numbered among all of a day, whichever of them the period holds.
        *day_steps("subject"),
        During(Every("day"), "start", "at", "seen"),
    ]


def _place_of(schema: Schema, into: Expansion) -> str:
    """Return the column with a row's place: what it is about, where that is one, else where it was written."""
    about = schema.type_of("subject").to if "subject" in schema else None
    levels = {"place", *(place.level for place in into.regulation.places.places.values())}
    return "subject" if about in levels else "place"


def _all_there(spine: Spine, subject: Type, at: str, into: Expansion) -> list[Step]:
    """Return the steps that pair a row with all subjects who were in its place as it began."""
    place = Type(REF, to="place", may_be_na=True)
    table = f"{spine.spans}.{spine.link}.everywhere#"
    above = Aggregate("above", "list", name("ancestor", place), KEYS)
    into.add(
        Derivation(
            table,
            (
                From((spine.spans,)),
                Tally(PLACE_LEVELS, (("place", "place"),), (above,)),
                Unnest("within", place, "above"),
            ),
            table,
        )
    )
    members = Aggregate("members", "list", name(spine.link, subject), KEYS)
    time = TimeLink(Overlap.HOLDS, "start", "", "start", "end")
    return [
        Tally(table, ((at, "within"),), (members,), time, spine.member),
        Unnest("member", subject, "members"),
    ]


def _doubt() -> list[Step]:
    """Return the step that leaves a window unsure of which it isn't known whether it is in the roster."""
    sure = both(name("sure", BOOLEAN), negated(name("rostered_perhaps", BOOLEAN)))
    return [Set((("sure", sure, BOOLEAN),))]


def _on_roster(duty: Duty, roster: Roster, spine: Spine, into: Expansion) -> list[Step]:
    """Return the steps that keep the calendar's windows in which the roster has the subject."""
    table = prepared_source(roster.source, f"{duty.id}.roster#", into)
    tie = tied(replace(roster.source, table=table), Whom(spine.refers, spine.level), into)
    spans = "start" in into.tables[table] and "end" in into.tables[table]
    where = roster.source.where
    columns = (
        Aggregate("rostered", "count_sure", None, INTEGER, where),
        Aggregate("rostered_possible", "count_possible", None, INTEGER, where),
    )
    time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end") if spans else TimeLink(Overlap.INSIDE)
    sure = both(name("sure", BOOLEAN), less(number(0), name("rostered", INTEGER)))
    return [
        Tally(tie.table, ((tie.spine, tie.column),), columns, time),
        Where(less(number(0), name("rostered_possible", INTEGER))),
        Set((("sure", sure, BOOLEAN),)),
    ]


def _rostered(owing: Owing) -> Windowed:
    roster = _roster_of(owing)
    steps = _windows(roster, owing.tier, owing.spine, owing.into)
    member = Membership("at_start") if _momentary(roster, owing.into) else None
    return Windowed(tuple(steps), member, tuple(_doubt()))


def _rostered_in_calendar(owing: Owing) -> Windowed:
    doubt = _on_roster(owing.duty, _roster_of(owing), owing.spine, owing.into)
    return calendar_windows(owing)._replace(doubt=tuple(doubt))


def _roster_of(owing: Owing) -> Roster:
    if owing.duty.roster is None:
        message = "windows by a roster need one"
        raise ValueError(message)
    return owing.duty.roster


ROSTER = Windows("roster", _rostered, keyed=True)
ROSTER_IN_CALENDAR = Windows("calendar_in_roster", _rostered_in_calendar, keyed=True)
