"""The expansion of procedures: the entries of a matter in order, the states that they lead to, and what led nowhere."""

from app.domain.core.expressions import TRUE, Call, Expression, Literal, Name
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    From,
    Overlap,
    Per,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tally,
    TimeLink,
    Where,
)
from app.domain.core.values import Kind, NotApplicable, Schema, Type
from app.domain.kinds.expansion import Expansion, in_force_steps
from app.domain.kinds.links import WORKER
from app.domain.kinds.procedure import Procedure, Route, out_of_order
from app.domain.kinds.spine import REF, Spine, owner_steps, place_steps
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    MAYBE_INSTANT,
    TEXT,
    both,
    choose,
    constant,
    equal,
    less,
    name,
    negated,
    number,
    text,
)

FALSE = Literal(value=False, type=BOOLEAN)
TRUTH = Literal(value=True, type=BOOLEAN)
PLACE = Type(REF, to="place", may_be_na=True)
WHO = Type(REF, to=WORKER, may_be_na=True)
ENTRY = Type(REF)
MOVED = Type(Kind.TEXT, may_be_unknown=True, may_be_na=True)
ORDER = (("at", False), ("begins", True), ("entry", False))
STATE_COLUMNS = ("matter", "nth", "state", "step", "entry", "by", "handler", "place", "at", "start", "end")
STRAY_COLUMNS = ("entry", "matter", "rule", "about", "place", "at", "state")


def expand_procedure(procedure: Procedure, into: Expansion) -> None:
    """Add the procedure's table of states, and that of what came out of order."""
    moves = _moves(procedure, into)
    _states(procedure, moves, into)
    matter = Type(REF, to=procedure.matter)
    rule = text("out_of_order")
    stray = (
        From((moves,)),
        Where(negated(Call("applies", (name("step", MOVED),), BOOLEAN))),  # what may be a step accuses nobody
        Set(
            (
                ("rule", rule, TEXT),
                ("about", name("by", WHO), WHO),
                ("matter", name("matter", matter), matter),
            )
        ),
        Rekey(("entry", "matter")),
    )
    into.add(Derivation(out_of_order(procedure.id), stray, procedure.id, STRAY_COLUMNS))


def _moved() -> Expression:
    step = name("step", MOVED)
    return both(Call("known", (step,), BOOLEAN), Call("applies", (step,), BOOLEAN))


def _moves(procedure: Procedure, into: Expansion) -> str:
    """Add the entries of all matters in order, each with the step that it is (a mark: none) and the state after it."""
    own = f"{procedure.id}.own#"
    into.add(Derivation(own, _read(procedure, procedure.matter, "id", into), procedure.id))
    parts = [own]
    links = {move.form: move.link for move in procedure.moves}
    for form, link in links.items():
        part = f"{procedure.id}.{form}#"
        into.add(Derivation(part, _read(procedure, form, link, into), procedure.id))
        parts.append(part)
    flags = tuple(f"step{at}" for at in range(len(procedure.moves)))
    columns = ("entry", "matter", "at", "by", "place", "begins", *flags)
    unsure = Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)
    arguments = (name("begins", BOOLEAN), *(name(flag, unsure) for flag in flags))
    options = (
        ("begins", procedure.begins),
        ("moves", tuple((move.id, move.from_states, move.to) for move in procedure.moves)),
    )
    running = (
        Running("step", "move", arguments, MOVED, options),
        Running("state", "state", arguments, MOVED, options),
    )
    table = f"{procedure.id}.moves#"
    into.add(
        Derivation(table, (From(tuple(parts), columns), Sequence(("matter",), ORDER, running)), procedure.id)
    )
    return table


def _read(procedure: Procedure, form: str, link: str, into: Expansion) -> tuple[Step, ...]:
    """Return the steps that read the entries of a form: one row an entry, with a flag for each step that it may be."""
    schema = into.tables[form]
    begins = form == procedure.matter and link == "id"
    unsure = Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)
    flags: list[tuple[str, Expression, Type]] = []
    for at, move in enumerate(procedure.moves):
        is_it = both(move.condition, move.needs) if move.form == form and not begins else FALSE
        flags.append((f"step{at}", TRUTH if is_it == TRUE else is_it, unsure))
    added: tuple[tuple[str, Expression, Type], ...] = (
        ("entry", name("id", schema.type_of("id")), ENTRY),
        ("matter", name(link, schema.type_of(link)), Type(REF, to=procedure.matter)),
        ("begins", TRUTH if begins else FALSE, BOOLEAN),
        *flags,
    )
    kept = {
        "matter": Type(REF, to=procedure.matter),
        "at": INSTANT,
        "by": WHO,
        "place": PLACE,
        "begins": BOOLEAN,
    }
    last = tuple(
        Aggregate(column, "at_last", name(column, own), own)
        for column, own in {**kept, **{column: own for column, _, own in flags}}.items()
    )
    return (From((form,)), *in_force_steps(procedure.heading, "at"), Set(added), Per(("entry",), last))


def _states(procedure: Procedure, moves: str, into: Expansion) -> None:
    until = name("until", MAYBE_INSTANT)
    states = tuple(procedure.states)
    state = Type(Kind.CHOICE, states)
    still = constant(None, MAYBE_INSTANT)
    steps: list[Step] = [
        From((moves,)),
        Where(_moved()),
        Sequence(
            ("matter",),
            ORDER,
            (
                Running("nth", "ordinal", (), INTEGER),
                Running("until", "next", (name("at", INSTANT),), MAYBE_INSTANT),
            ),
        ),
        Set(
            (
                ("start", name("at", INSTANT), INSTANT),
                (
                    "end",
                    choose(Call("applies", (until,), BOOLEAN), until, still, MAYBE_INSTANT),
                    MAYBE_INSTANT,
                ),
                ("state", name("state", MOVED), state),
                ("step", name("step", MOVED), Type(Kind.TEXT)),  # what moved is a step that is known
                ("own_place", name("place", PLACE), PLACE),
            )
        ),
        *_handler(procedure, into),
        Rekey(("matter", "nth")),
    ]
    into.add(Derivation(procedure.id, tuple(steps), procedure.id, STATE_COLUMNS))


# ---- who handles it ------------------------------------------------------------------------------------------------
def _handler(procedure: Procedure, into: Expansion) -> list[Step]:
    """Return the steps that add `handler`: whoever holds the post that the route, or the state's next step, names.

    Of several holders the one with the longest part of the state. While that person is away as the state begins, the
    holder of the post that stands in.
    """
    nobody = constant(NotApplicable("nobody"), WHO)
    steps: list[Step] = []
    for role in procedure.roles():
        steps += _holder(role, into)
    handler: Expression = nobody
    for state in reversed(list(procedure.states)):
        there = _handled(procedure, state) or nobody
        handler = choose(equal(name("state", TEXT), text(state)), there, handler, WHO)
    steps.append(Set((("handler", handler, WHO),)))
    if procedure.stand_in is not None:
        away = Aggregate("away", "count", None, INTEGER)
        during = procedure.stand_in.during
        deputy = name(f"holder_{procedure.stand_in.role}", WHO)
        steps += [
            Tally(
                during,
                (("handler", "subject"),),
                (away,),
                TimeLink(Overlap.HOLDS, "start", "", "start", "end"),
            ),
            Set(
                (
                    (
                        "handler",
                        choose(less(number(0), name("away", INTEGER)), deputy, name("handler", WHO), WHO),
                        WHO,
                    ),
                )
            ),
        ]
    return steps


def _holder(role: str, into: Expansion) -> list[Step]:
    level = into.regulation.roles[role].level
    at = Spine((), "", "", TRUE, "place")
    lifted = place_steps(at, level, Schema((), ()))[1:]
    (owner,) = owner_steps(role)
    return [*lifted, owner, Set(((f"holder_{role}", name("owner", WHO), WHO),))]


def _handled(procedure: Procedure, state: str) -> Expression | None:
    """Return who handles a matter in a state; None where nothing more is to be done."""
    leading = [move for move in procedure.moves if state in move.from_states]
    if not leading:
        return None
    role = next((move.by[0] for move in leading if move.by), None)
    found = None if role is None else name(f"holder_{role}", WHO)
    if procedure.route is None:
        return found
    return _routed(procedure.route, found or constant(NotApplicable("nobody"), WHO))


def _routed(route: Route, otherwise: Expression) -> Expression:
    of = Name(("matter", route.of), Type(Kind.TEXT, may_be_unknown=True, may_be_na=True))
    found = otherwise
    for choice, role in route.to.items():
        found = choose(equal(of, text(choice)), name(f"holder_{role}", WHO), found, WHO)
    return found
