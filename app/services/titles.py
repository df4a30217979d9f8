"""What places and roles are called, and which time they keep: for whoever names them before a session is there."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from app.domain.kinds.common import Texts
from app.services.live import LiveCommunities


class Titles:
    """Titles and zones of the communities that are at work."""

    def __init__(self, live: LiveCommunities) -> None:
        """Look at the communities as they are."""
        self._live = live

    def place(self, place: str) -> Texts:
        """Return the title of a place; an unknown place has an empty one."""
        for community in self._live.known().values():
            found = community.regulation.places.places.get(place)
            if found is not None:
                return found.title
        return {}

    def role(self, place: str, role: str) -> Texts:
        """Return the title of a role of the community that `place` is or lies in."""
        for community in self._live.known().values():
            if (
                community.regulation.places.contains(community.place, place)
                and role in community.regulation.roles
            ):
                return community.regulation.roles[role].heading.title
        return {}

    def zone(self, place: str) -> tzinfo:
        """Return the time zone of a place; UTC while it isn't known."""
        for community in self._live.known().values():
            if community.regulation.places.contains(community.place, place):
                return ZoneInfo(community.regulation.calendar.zone)
        return UTC
