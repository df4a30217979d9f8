"""What a community that was just founded still needs before its regulation has anybody to speak of."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.kinds.common import Origin
from app.domain.kinds.links import WORKER
from app.domain.kinds.parameters import parameters_of
from app.domain.kinds.planning import definitions
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.services.actor import ActorRef, Permission, Resolve
from app.services.live import LiveCommunities
from app.services.people import held_posts
from app.services.ports import Accounts, Clock


class Need(StrEnum):
    """What is needed, in the order in which it is best done."""

    STAFF = "staff"  # somebody beside the founder holds a post
    SUBJECTS = "subjects"  # a register has somebody in it: a household, a person
    ACCOUNTS = "accounts"  # somebody beside the founder can come in


@dataclass(frozen=True, slots=True)
class Step:
    """One of the needs, and whether it is met."""

    need: Need
    done: bool


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """The steps in order; `assumed` counts the regulation's figures that the place should confirm."""

    steps: tuple[Step, ...]
    assumed: int


class FirstStepsService:
    """Looks at one community for those who administer it."""

    def __init__(self, live: LiveCommunities, accounts: Accounts, resolve: Resolve, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._accounts = accounts
        self._resolve = resolve
        self._clock = clock

    async def left(self, ref: ActorRef) -> FirstSteps | None:
        """Return the steps, or None once all are done and for those who don't administer. Raises DeniedError."""
        now = self._clock()
        actor = await self._resolve(ref, now)
        if not actor.may(Permission.ADMINISTER):
            return None
        community = await self._live.fresh(actor.community)
        posts = held_posts(community.evaluation, now)
        steps = [Step(Need.STAFF, any(post.worker != actor.person for post in posts))]
        registers = list(_registers(community.regulation))
        if registers:
            steps.append(Step(Need.SUBJECTS, any(community.evaluation.rows(form) for form in registers)))
        others = (one for one in await self._accounts.of_place(actor.community) if one.person != actor.person)
        steps.append(Step(Need.ACCOUNTS, any(not one.disabled for one in others)))
        if all(step.done for step in steps):
            return None
        return FirstSteps(tuple(steps), _assumed(community.regulation))


def _registers(regulation: Regulation) -> Iterator[str]:
    """Yield the forms of those whom the work is about: who works here and who holds a post isn't."""
    for form in regulation.forms.values():
        if form.describes and form.describes not in {WORKER, HOLDER}:
            yield form.id


def _assumed(regulation: Regulation) -> int:
    return sum(
        figure.origin is Origin.ASSUMED
        for definition in definitions(regulation).values()
        for figure in parameters_of(definition)
    )
