"""Who approves a draft: the posts that the regulation in force names for it, and who holds them."""

from dataclasses import dataclass

from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.services.actor import ActorRef, DeniedError, Permission, Resolve
from app.services.drafting.publish import approving
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.people import held_posts
from app.services.ports import Clock


@dataclass(frozen=True, slots=True)
class Approver:
    """A post that approves, and the names of those who hold it now."""

    title: Texts
    names: tuple[str, ...]


class Approvers:
    """Tells who drafts who has to approve it."""

    def __init__(self, resolve: Resolve, live: LiveCommunities, clock: Clock) -> None:
        """Keep the ports."""
        self._resolve = resolve
        self._live = live
        self._clock = clock

    async def now(self, ref: ActorRef) -> tuple[Approver, ...]:
        """Return the posts that approve, in the order of the roles; none where the regulation names none.

        Raises DeniedError unless the post may publish or approve.
        """
        community, labels = await self._there(ref)
        held = list(held_posts(community.evaluation, labels.now))
        return tuple(
            Approver(
                community.regulation.roles[role].heading.title,
                tuple(dict.fromkeys(labels.of(WORKER, one.worker).name for one in held if one.role == role)),
            )
            for role in approving(community.regulation)
        )

    async def name(self, ref: ActorRef, person: str) -> str:
        """Return what somebody is called who approved something. Raises as `now`."""
        return (await self._there(ref))[1].of(WORKER, person).name

    async def _there(self, ref: ActorRef) -> tuple[Community, Labels]:
        now = self._clock()
        actor = await self._resolve(ref, now)
        if not (actor.may(Permission.PUBLISH) or actor.may(Permission.APPROVE)):
            raise DeniedError("not_permitted")
        community = await self._live.fresh(actor.community)
        return community, Labels(community.evaluation, now)
