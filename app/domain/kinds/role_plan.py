"""The expansion of roles: who holds one, who was appointed without being eligible, who stands in for whom.

The tables of the holders are there for every role; those of the ineligible, and of the spans during which somebody is
away, where the role's file says something of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.core.expressions import TRUE, Call, Expression, Name, names_in, parts_of, with_parts
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    From,
    Overlap,
    Per,
    Rekey,
    Set,
    Step,
    Tally,
    TimeLink,
    Where,
)
from app.domain.core.values import Schema, Type
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import WORKER, link_column
from app.domain.kinds.role import Role, away_table, ineligible
from app.domain.kinds.spine import (
    REF,
    Spine,
    class_table,
    is_role,
    owner_steps,
    place_steps,
    role_derivations,
)
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    TEXT,
    both,
    choose,
    either,
    less,
    name,
    negated,
    number,
    text,
    times,
)
from app.domain.membership import HOLDER

COLUMNS = ("post", "about", "rule", "place", "at")
"""The columns of `<role>.ineligible`: the appointment, whom it is about, `rule` (ineligible), where, since when."""

PLACE = Type(REF, to="place", may_be_na=True)
WHO = Type(REF, to=WORKER, may_be_na=True)


def expand_role(role: Role, into: Expansion) -> None:
    """Add the role's tables."""
    for derivation in role_derivations(role.id):
        into.add(derivation)
    file = into.tables.get(class_table(WORKER, into.regulation), Schema((), ()))
    if role.eligible != TRUE and asked_of_file(role, file):
        into.add(_ineligible(role))
    if role.stands_in_for is not None and role.stands_in_for.during is not None:
        during = role.stands_in_for.during
        who = link_column(into.tables[during.table], WORKER, declared=during.link)
        steps = (
            From((during.table,)),
            *((Set(during.set),) if during.set else ()),
            # Nobody is away whose leave may yet be refused.
            Where(during.where),
            Set((("who", name(who, Type(REF, to=WORKER)), Type(REF, to=WORKER)),)),
        )
        into.add(Derivation(away_table(role.id), steps, role.id))


def asked_of_file(role: Role, file: Schema) -> bool:
    """Whether people's files have all that the role's condition reads; what no file says is against nobody."""
    return all(column in file for column in names_in(role.eligible))


def _ineligible(role: Role) -> Derivation:
    """Return the appointments of people whose file surely doesn't meet the condition as the appointment begins."""
    place, worker = Type(REF, to="place"), Type(REF, to=WORKER)
    steps = (
        From((HOLDER,)),
        Where(is_role(role.id)),
        Per(
            ("subject", "worker"),
            (
                Aggregate("at", "min", name("start", INSTANT), INSTANT),
                Aggregate("place", "at_last", name("place", place), place),
            ),
        ),
        Set(
            (
                ("post", name("subject", Type(REF, to=HOLDER)), Type(REF, to=HOLDER)),
                ("about", name("worker", worker), worker),
                ("rule", text("ineligible"), TEXT),
            )
        ),
        Where(negated(_of_file(role.eligible))),
        Rekey(("post", "about")),
    )
    return Derivation(ineligible(role.id), steps, role.id, COLUMNS)


def _of_file(condition: Expression) -> Expression:
    """Return a condition on a person's file as one on the row that names the person."""
    if isinstance(condition, Name):
        return replace(condition, path=("worker", *condition.path))
    return with_parts(condition, [_of_file(part) for part in parts_of(condition)])


# ---- who is responsible --------------------------------------------------------------------------------------------
def responsible_steps(role: str, into: Expansion, end: str = "end") -> list[Step]:
    """Return the steps that add `owner` to rows of [start, `end`) at `post_place`.

    The holder of `role` with the longest part of the window; where nobody holds it, or that person is away for more
    than half of that part, whoever holds a post that stands in for it, in the order of the roles.
    """
    time = TimeLink(Overlap.OVERLAPS, "start", end, "start", "end")
    (owner,) = owner_steps(role)
    steps: list[Step] = [replace(owner, time=time)]
    for other in standing_in(role, into.regulation.roles.values()):
        steps += _stood_in(role, other, time, into)
    return steps


def standing_in(role: str, roles: Iterable[Role]) -> Iterator[Role]:
    """Yield the roles whose holders stand in for those of `role`."""
    for other in roles:
        if other.stands_in_for is not None and other.stands_in_for.role == role:
            yield other


def _stood_in(role: str, other: Role, time: TimeLink, into: Expansion) -> list[Step]:
    owner = name("owner", WHO)
    steps = _deputy(role, other, time, into)
    vacant = negated(Call("applies", (owner,), BOOLEAN))
    takes: Expression = vacant
    if away_table(other.id) in into.tables:
        here = (("owner", "worker"), ("post_place", "place"))
        seconds = Aggregate("served", "covered", None, INTEGER)
        absent = Aggregate("away", "covered", None, INTEGER)
        steps += [
            Tally(HOLDER, here, (seconds,), time, is_role(role)),
            Tally(away_table(other.id), (("owner", "who"),), (absent,), time),
        ]
        takes = either(vacant, less(name("served", INTEGER), times(name("away", INTEGER), number(2))))
    deputy = name("deputy", WHO)
    there = both(takes, Call("applies", (deputy,), BOOLEAN))
    return [*steps, Set((("owner", choose(there, deputy, owner, WHO), WHO),))]


def _deputy(role: str, other: Role, time: TimeLink, into: Expansion) -> list[Step]:
    """Return the steps that add `deputy`: who holds the post that stands in, at the place, above it or within it."""
    level = into.regulation.roles[role].level
    longest = Aggregate("deputy", "longest", name("worker", WHO), WHO)
    if other.level == level:
        return [Tally(HOLDER, (("post_place", "place"),), (longest,), time, is_role(other.id))]
    at = Spine((), "", "", TRUE, "place")
    up = place_steps(at, other.level, Schema((), ()))[1:]
    kept = (("kept_place", name("post_place", PLACE), PLACE), ("own_place", name("post_place", PLACE), PLACE))
    within = lifted_table(HOLDER, level, None, into)
    inside = replace(longest, name="deputy_within")
    above, below = name("deputy", WHO), name("deputy_within", WHO)
    chosen = choose(Call("applies", (above,), BOOLEAN), above, below, WHO)
    return [
        Set(kept),
        *up,
        Tally(HOLDER, (("post_place", "place"),), (longest,), time, is_role(other.id)),
        Set((("post_place", name("kept_place", PLACE), PLACE),)),
        Tally(within, (("post_place", LIFTED),), (inside,), time, is_role(other.id)),
        Set((("deputy", chosen, WHO),)),
    ]
