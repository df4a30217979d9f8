"""Whether somebody is left who can administer: who holds such a post, and can come in with an account that is open."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from app.domain.problem import Problem
from app.domain.regulation import Regulation
from app.services.actor import Permission
from app.services.live import LiveCommunities
from app.services.people import HeldPost, terms
from app.services.ports import Account, Accounts, Clock

NOBODY: Final = Problem("E942")


def can_come_in(account: Account) -> bool:
    """Whether its owner has set a password, or needs none, and isn't shut out.

    An invitation doesn't count: it lapses, and only somebody who administers makes another.
    """
    return not account.disabled and (account.demo or account.password_hash is not None)


def administers(post: HeldPost, regulation: Regulation) -> bool:
    """Whether the post's role may administer."""
    role = regulation.roles.get(post.role)
    return role is not None and Permission.ADMINISTER in role.may


def able(regulation: Regulation, held: Iterable[HeldPost], people: Collection[str]) -> list[HeldPost]:
    """Return those appointments by which one of `people` may administer."""
    return [one for one in held if one.worker in people and administers(one, regulation)]


def forsaken(posts: Iterable[HeldPost], now: datetime) -> datetime | None:
    """Return the first instant from `now` on at which none of these posts is held; None: there is none."""
    listed = list(posts)
    return next((at for at in _edges(listed, now) if not _held(listed, at)), None)


def worse(before: Iterable[HeldPost], after: Iterable[HeldPost], now: datetime) -> bool:
    """Whether from `now` on none of `after` is held at some instant at which one of `before` is."""
    old, new = list(before), list(after)
    return any(_held(old, at) and not _held(new, at) for at in _edges([*old, *new], now))


class Administrators:
    """Looks at posts and accounts together; asked before either is taken from somebody."""

    def __init__(self, accounts: Accounts, live: LiveCommunities, clock: Clock) -> None:
        """Keep the ports."""
        self._accounts = accounts
        self._live = live
        self._clock = clock

    async def who_come_in(self, place: str) -> frozenset[str]:
        """Return the people who can come in to the community of `place`."""
        return frozenset(one.person for one in await self._accounts.of_place(place) if can_come_in(one))

    async def without(self, account: Account) -> Problem | None:
        """Return what stands against shutting an account out: E942; None where nothing does."""
        now = self._clock()
        community = await self._live.fresh(account.place)
        held = terms(community.evaluation, now)
        found = await self._accounts.of_place(account.place)
        before, after = (
            able(community.regulation, held, {one.person for one in those if can_come_in(one)})
            for those in (found, [one for one in found if one.id != account.id])
        )
        return NOBODY if worse(before, after, now) else None

    async def under(self, place: str, regulation: Regulation) -> Problem | None:
        """Return what stands against another regulation of a community: E948; None where nothing does.

        Posts stay with their holders: whoever holds one that may administer no more, or that is gone, can't.
        """
        now = self._clock()
        community = await self._live.fresh(place)
        held = terms(community.evaluation, now)
        people = await self.who_come_in(place)
        before, after = (able(one, held, people) for one in (community.regulation, regulation))
        return Problem("E948") if worse(before, after, now) else None


def _edges(posts: Iterable[HeldPost], now: datetime) -> list[datetime]:
    """Return `now` and every later instant at which one of the posts begins or ends, in order."""
    times = (at for one in posts for at in (one.since, one.until) if at is not None and at > now)
    return sorted({now, *times})


def _held(posts: Iterable[HeldPost], at: datetime) -> bool:
    return any(one.since <= at and (one.until is None or at < one.until) for one in posts)
