"""Whose posts a regulation ends without saying so: it has no such role any more, and their holders stay appointed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.domain.problem import Problem
from app.domain.regulation import Regulation
from app.services.labels import Labels
from app.services.live import LiveCommunities
from app.services.people import terms
from app.services.ports import Clock


@dataclass(frozen=True, slots=True)
class EndingPost:
    """A role that is gone: its id and title, and whom that leaves without this post, by name and place."""

    role: str
    title: Texts
    holders: tuple[tuple[str, Texts], ...]

    def problem(self) -> Problem:
        """Return the reminder of it."""
        names = " · ".join(dict.fromkeys(name for name, _ in self.holders))
        return Problem("W583", values={"name": self.role, "people": names})


Ending = Callable[[str, Regulation], Awaitable[tuple[EndingPost, ...]]]
"""Returns whose posts another regulation of a place ends."""


class EndingPosts:
    """Looks at the appointments that hold now or begin later."""

    def __init__(self, live: LiveCommunities, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._clock = clock

    async def __call__(self, place: str, regulation: Regulation) -> tuple[EndingPost, ...]:
        """Return the roles in force that `regulation` doesn't have and that somebody holds, as they are declared."""
        now = self._clock()
        community = await self._live.fresh(place)
        gone = [role for name, role in community.regulation.roles.items() if name not in regulation.roles]
        if not gone:
            return ()
        labels = Labels(community.evaluation, now)
        held = terms(community.evaluation, now)
        found = []
        for role in gone:
            holders = tuple(
                (labels.of(WORKER, one.worker).name, labels.place(one.place))
                for one in held
                if one.role == role.id
            )
            if holders:
                found.append(EndingPost(role.id, role.heading.title, holders))
        return tuple(found)


async def nothing_ends(place: str, regulation: Regulation) -> tuple[EndingPost, ...]:  # noqa: ARG001
    """Return nothing: where nobody can be asked who holds which post."""
    return ()
