"""Who acts, in which community, now: what the services of filled-in forms begin with."""

from app.services.actor import ActorRef, Permission, Resolve
from app.services.filling import Scene
from app.services.live import LiveCommunities
from app.services.people import require
from app.services.ports import Clock
from app.services.registers.facts import Subjects


async def scene_of(ref: ActorRef, live: LiveCommunities, resolve: Resolve, clock: Clock) -> Scene:
    """Return the scene of somebody who may record something. Raises DeniedError."""
    now = clock()
    actor = await resolve(ref, now)
    require(actor, Permission.RECORD)
    community = await live.fresh(actor.community)
    return Scene(actor, community, Subjects(community, actor, now), now)
