"""Procedures: the states that a matter (a request, a dispute, a survey) passes through, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.core.expressions import TRUE, Expression
from app.domain.kinds.common import Heading, Texts


@dataclass(frozen=True, slots=True)
class Move:
    """A step: an entry of `form` about the matter that meets `condition` leads from one of the states to another.

    `link` is the form's column that names the matter. `by` lists the posts that may do it (empty: whoever may fill in
    the form); `needs` is what the entry must hold besides, so that the step counts.
    """

    id: str
    from_states: tuple[str, ...]
    to: str
    form: str
    link: str
    condition: Expression = TRUE
    needs: Expression = TRUE
    by: tuple[str, ...] = ()
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """Which post handles a matter, by a choice of its form."""

    of: str
    to: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who handles while somebody is away: the holder of `role` during the spans of the form `during`."""

    during: str
    role: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A state machine over the entries of a form, `matter`; it begins in the first of its states.

    Its table has a row for each state that a matter was in: `matter, nth, state, step, entry, by, handler, place, at,
    start, end`. What came when it wasn't allowed is in `<id>.out_of_order` and moves nothing. `limits` are the duties
    that clock it.
    """

    heading: Heading
    matter: str
    states: Mapping[str, Texts]
    moves: tuple[Move, ...]
    limits: tuple[str, ...] = ()
    route: Route | None = None
    stand_in: StandIn | None = None

    @property
    def id(self) -> str:
        """The procedure's id, which is the name of its table of states."""
        return self.heading.id

    @property
    def begins(self) -> str:
        """The state in which a matter begins."""
        return next(iter(self.states))

    def roles(self) -> tuple[str, ...]:
        """Return the posts that may handle a matter."""
        routed = self.route.to.values() if self.route is not None else ()
        stand_in = (self.stand_in.role,) if self.stand_in is not None else ()
        return tuple(dict.fromkeys((*routed, *(role for move in self.moves for role in move.by), *stand_in)))


def out_of_order(procedure: str) -> str:
    """Return the name of the table of entries that came when no step allowed them."""
    return f"{procedure}.out_of_order"
