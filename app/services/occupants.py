"""Who and what is where in a community now: who holds a post at a place, how many of whom forms describe are there."""

from collections import Counter

from app.domain.kinds.links import WORKER
from app.domain.membership import HOLDER
from app.domain.place_changes import Left
from app.services.labels import Labels
from app.services.live import LiveCommunities
from app.services.people import held_posts
from app.services.ports import Clock


class OccupantsNow:
    """Reads it from the community's tables, as they are."""

    def __init__(self, live: LiveCommunities, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._clock = clock

    async def __call__(self, place: str) -> dict[str, tuple[tuple[str, ...], tuple[Left, ...]]]:
        """Return by place the names of those in posts, and the number of each register's subjects. Raises E510."""
        now = self._clock()
        community = await self._live.fresh(place)
        labels = Labels(community.evaluation, now)
        people: dict[str, dict[str, None]] = {}
        for post in held_posts(community.evaluation, now):
            people.setdefault(post.place, {})[labels.of(WORKER, post.worker).name] = None
        left: dict[str, list[Left]] = {}
        for form in community.regulation.forms.values():
            if form.describes is None or form.describes == HOLDER:
                continue
            counted = Counter(one.place for one in labels.all(form.describes).values() if one.present)
            for where, many in counted.items():
                left.setdefault(where, []).append(Left(form.heading.title, many))
        return {one: (tuple(people.get(one, ())), tuple(left.get(one, ()))) for one in {*people, *left}}
