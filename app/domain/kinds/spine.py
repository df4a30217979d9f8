"""What a definition has a row for: the spine of its table, and how to tell who was what during a window."""

from dataclasses import dataclass

from app.domain.core.expressions import TRUE, Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    Expand,
    From,
    Overlap,
    Per,
    Rekey,
    Set,
    SourceTable,
    Step,
    Tally,
    TimeLink,
    Where,
)
from app.domain.core.values import Column, Kind, Schema, Type
from app.domain.kinds.common import Each
from app.domain.kinds.links import WORKER
from app.domain.kinds.tree import INSTANT, equal, less, name, number, text
from app.domain.membership import HOLDER
from app.domain.place import profile_types
from app.domain.regulation import Regulation
from app.domain.source_histories import history_table, subjects_table

PLACES = "place#"
PLACE_LEVELS = "place_level#"
REF = Kind.REF

PLACE_LEVEL_TABLE = SourceTable(
    PLACE_LEVELS,
    (
        Column("place", Type(REF, to="place")),
        Column("level", Type(Kind.TEXT)),
        Column("ancestor", Type(REF, to="place")),
    ),
    ("place", "level"),
)
"""The place of each level that a place is or lies in."""


def place_tables(regulation: Regulation) -> tuple[SourceTable, SourceTable]:
    """Return the place tree as tables: each place with the facts of its profile, and the places that it lies in."""
    own = (
        Column("subject", Type(REF, to="place")),
        Column("level", Type(Kind.TEXT)),
        Column("start", INSTANT),
        Column("end", INSTANT),
    )
    taken = {column.name for column in own}
    types = {**profile_types(regulation.places), **regulation.facts}
    facts = tuple(
        Column(fact, type_)
        for fact, type_ in types.items()
        if fact not in taken and type_.kind is not Kind.DATA
    )
    return SourceTable(PLACES, (*own, *facts), ("subject",)), PLACE_LEVEL_TABLE


@dataclass(frozen=True, slots=True)
class Spine:
    """The rows that ought to exist: `steps` give `subject, start, end` (open: None), one row a subject.

    `spans`, on `link`, hold what the subject was over time, of which `member` says when it belongs here. `refers` is
    what the subject is: a described subject, `worker`, or
    `place`, which then is one of `level`.
    """

    steps: tuple[Step, ...]
    spans: str
    link: str
    member: Expression
    refers: str
    level: str | None = None


def is_role(role: str) -> Expression:
    """Return the condition on the table of holders that the row is of this role."""
    return equal(name("role", Type(REF, to="role")), text(role))


def holders_table(role: str) -> str:
    """Return the name of the table of all who ever held a role, one row a person."""
    return f"{role}.holders#"


def posts_table(role: str) -> str:
    """Return the name of the table of all appointments to a role, one row an appointment."""
    return f"{role}.posts#"


def role_derivations(role: str) -> tuple[Derivation, Derivation]:
    """Return the tables of the persons and of the appointments of a role: `subject, start, end`."""
    return _tenures(role, holders_table(role), "worker", WORKER), _tenures(
        role, posts_table(role), "subject", HOLDER
    )


def _tenures(role: str, table: str, column: str, refers: str) -> Derivation:
    ref = Type(REF, to=refers)
    first = Aggregate("start", "min", name("start", INSTANT), INSTANT)
    last = Aggregate("end", "latest", name("end", INSTANT), INSTANT)
    steps = (
        From((HOLDER,)),
        Where(is_role(role)),
        Per((column,), (first, last)),
        Set((("subject", name(column, ref), ref),)),
        Rekey(("subject",)),
    )
    return Derivation(table, steps, role, ("subject", "start", "end"))


def spine_of(each: Each, regulation: Regulation) -> Spine:
    """Return the spine of `each`. Raises ValueError for a source, whose rows are no subjects."""
    if each.subject is not None:
        steps: tuple[Step, ...] = (From((subjects_table(each.subject),)),)
        return Spine(steps, class_table(each.subject, regulation), "subject", TRUE, each.subject)
    if each.role is not None:
        return Spine((From((holders_table(each.role),)),), HOLDER, "worker", is_role(each.role), "worker")
    if each.post is not None:
        return Spine((From((posts_table(each.post),)),), HOLDER, "subject", is_role(each.post), HOLDER)
    if each.level is not None:
        level = equal(name("level", Type(Kind.TEXT)), text(each.level))
        return Spine((From((PLACES,)), Where(level)), PLACES, "subject", TRUE, "place", each.level)
    message = "rows of a source have no spine"
    raise ValueError(message)


def window_steps(spine: Spine, every: object) -> tuple[Step, ...]:
    """Return the steps of the rows that ought to exist: each subject in each window in which it was there.

    Between two appointments, or two stays, a subject has no row.
    """
    steps = (*spine.steps, Expand(every, "start", "end"))
    if spine.refers == "place":
        return steps
    there = Aggregate("there", "covered", None, Type(Kind.INTEGER))
    time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
    present = less(number(0), name("there", Type(Kind.INTEGER)))
    tally = Tally(spine.spans, (("subject", spine.link),), (there,), time, spine.member)
    return (*steps, tally, Where(present))


def class_table(subject: str, regulation: Regulation) -> str:
    """Return the table of a subject's history with its classes as columns, or the plain history without classes."""
    if any(item.of == subject for item in regulation.classes.values()):
        return f"{subject}.classes#"
    return history_table(subject)


def place_steps(spine: Spine, level: str, spans: Schema) -> tuple[Step, ...]:
    """Return the steps that add `post_place`: the place of `level` at which the subject was as the window ended.

    A column of the subject that refers to a place of this level says it (`grid`); else the place of its entries does.
    """
    ref = Type(REF, to="place", may_be_na=True)
    if spine.refers == "place":
        return (Set((("own_place", name("subject", ref), ref),)), _lifted(level, ref))
    own = [column.name for column in spans.columns if column.type.kind is REF and column.type.to == level]
    column = own[0] if len(own) == 1 else "place"
    last = Aggregate("own_place", "at_last", name(column, ref), ref)
    time = TimeLink(Overlap.BEFORE, "start", "end", "start", "end")
    at = Tally(spine.spans, (("subject", spine.link),), (last,), time, spine.member)
    if own:
        return (at, Set((("post_place", name("own_place", ref), ref),)))
    return (at, _lifted(level, ref))


def _lifted(level: str, ref: Type) -> Tally:
    up = Aggregate("post_place", "first", name("ancestor", ref), ref)
    return Tally(
        PLACE_LEVELS,
        (("own_place", "place"),),
        (up,),
        None,
        equal(name("level", Type(Kind.TEXT)), text(level)),
    )


def owner_steps(role: str) -> tuple[Tally]:
    """Return the step that adds `owner`: of the holders of `role` at `post_place`, the one with most of the window."""
    ref = Type(REF, to=WORKER, may_be_na=True)
    time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
    longest = Aggregate("owner", "longest", name("worker", ref), ref)
    return (Tally(HOLDER, (("post_place", "place"),), (longest,), time, is_role(role)),)
