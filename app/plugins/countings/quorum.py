"""Whether a meeting counts: enough of those required were there, and those who had to be."""

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    From,
    Law,
    Overlap,
    Set,
    Step,
    Tally,
    TimeLink,
    Unnest,
    Where,
)
from app.domain.core.values import Schema, Type
from app.domain.kinds.counting import Counted, Counting, Occasion
from app.domain.kinds.duty_ties import Tie
from app.domain.kinds.expansion import Expansion, figure
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import WORKER
from app.domain.kinds.spine import REF, is_role
from app.domain.kinds.tree import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    at_least,
    both,
    either,
    less,
    minus,
    name,
    negated,
    number,
    times,
)
from app.domain.membership import HOLDER

MEMBER = "member"
Place = tuple[tuple[str, str], ...]
"""How holders are tied to a meeting's place: not at all, or by the place of a level."""


def _quorum(occasion: Occasion) -> Counted:
    """Return the steps that keep the meetings with a quorum, and mark those of which it isn't known who was there.

    Required are the holders of the role within the place of the duty's level in which the meeting lies; where the duty
    is for no level, all holders.
    """
    way, tie, own, into = occasion.way, occasion.tie, occasion.own, occasion.into
    (attended,) = way.named("present")
    schema = into.tables[tie.table]
    holders: str = HOLDER
    at: Place = ()
    if tie.level is not None:
        holders, at = lifted_table(HOLDER, tie.level, "place", into), ((LIFTED, LIFTED),)
    present = f"{own}present"
    _listed(attended, present, tie, into)
    steps, required = _counted_there(occasion, holders, at)
    tests: list[Expression] = []
    there = name("there", INTEGER)
    steps.append(
        Law(
            "at",
            (
                figure("quorum_least", way.figure("at_least"), 1, NUMBER),
                figure("quorum_share", way.figure("share"), 0, NUMBER),
            ),
        )
    )
    tests.append(at_least(there, name("quorum_least", NUMBER)))
    if way.figure("share") is not None:
        tests.append(at_least(there, times(name("quorum_share", NUMBER), required)))
    for role in way.named("roles"):
        table = f"{own}{role}#"
        _holding(role, present, holders, at, table, into)
        steps.append(_count(f"there_{role}", table, schema))
        tests.append(less(number(0), name(f"there_{role}", INTEGER)))
    known = Call("known", (name(attended, schema.type_of(attended)),), BOOLEAN)
    steps += [Where(either(both(*tests), negated(known))), Set((("quorum_unsure", negated(known), BOOLEAN),))]
    return Counted(tuple(steps), unsure=(name("quorum_unsure", BOOLEAN),))


def _counted_there(occasion: Occasion, holders: str, at: Place) -> tuple[list[Step], Expression]:
    """Return the steps that count who was there, and how many are required."""
    way, tie, own, into = occasion.way, occasion.tie, occasion.own, occasion.into
    schema = into.tables[tie.table]
    present, excused = f"{own}present", f"{own}excused"
    if not way.named("role"):
        return [_count("there", present, schema)], number(0)
    (role,) = way.named("role")
    required: Expression = name("required", INTEGER)
    _holding(role, present, holders, at, f"{own}there#", into)
    steps: list[Step] = [_required(role, holders, at), _count("there", f"{own}there#", schema)]
    for field in way.named("excused"):
        _listed(field, excused, tie, into)
        _holding(role, excused, holders, at, f"{own}away#", into)
        steps.append(_count("away", f"{own}away#", schema))
        required = minus(required, name("away", INTEGER))
    return steps, required


HELD_THEN = TimeLink(Overlap.HOLDS, "at", "", "start", "end")


def _required(role: str, holders: str, at: Place) -> Tally:
    people = Aggregate("required", "distinct", name("worker", Type(REF, to=WORKER)), INTEGER)
    return Tally(holders, at, (people,), HELD_THEN, is_role(role))


def _listed(field: str, table: str, tie: Tie, into: Expansion) -> None:
    """Add the table of the people whom a field of the meeting names, each once."""
    into.add(Derivation(table, (From((tie.table,)), Unnest(MEMBER, Type(REF, to=WORKER), field)), table))


def _holding(role: str, people: str, holders: str, at: Place, table: str, into: Expansion) -> None:
    """Add those of the people who held the role at the meeting's place as it began."""
    held = Aggregate("held", "count", None, INTEGER)
    steps = (
        From((people,)),
        Tally(holders, ((MEMBER, "worker"), *at), (held,), HELD_THEN, is_role(role)),
        Where(less(number(0), name("held", INTEGER))),
    )
    into.add(Derivation(table, steps, table))


def _count(column: str, table: str, schema: Schema) -> Tally:
    return Tally(table, tuple((key, key) for key in schema.key), (Aggregate(column, "count", None, INTEGER),))


QUORUM = Counting("quorum", _quorum, keyed=True)
