"""Who acts: the account of a session, in a post that a dated appointment gives it now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from app.domain.core.delta import Row
from app.domain.core.values import Schema
from app.domain.kinds.role import away_table
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.domain.sandbox import is_sandbox
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.evaluate import Evaluation
from app.services.live import LiveCommunities
from app.services.ports import Accounts
from app.services.sessions import account_of

OUTWARD: Final = frozenset({Permission.PUBLISH, Permission.APPROVE, Permission.ADMINISTER})
"""What nobody may in a sandbox: nothing comes out of it, no file, no account."""


class People:
    """Resolves sessions to actors; asked anew at every service call."""

    def __init__(self, accounts: Accounts, live: LiveCommunities) -> None:
        """Keep the ports."""
        self._accounts = accounts
        self._live = live

    async def resolve(self, ref: ActorRef, now: datetime) -> Actor:
        """Return who acts in which post of a community. Raises as `resolve_any`, and for people of a place above.

        What belongs to a community is nobody's above it: its work, ledger and registers are read by whoever asks here.
        """
        actor = await self.resolve_any(ref, now)
        if actor.is_above:
            raise DeniedError("not_permitted")
        return actor

    async def resolve_any(self, ref: ActorRef, now: datetime) -> Actor:
        """Return who acts in which post, of a community or a place above. Raises DeniedError `logged_out`, `no_post`.

        The post named by the session counts while its appointment does; else the first of the current ones. Only
        what knows of places above asks here.
        """
        account = await account_of(self._accounts, ref, now)
        community = await self._live.fresh(account.place)
        posts = posts_of(account.person, community.evaluation, community.regulation, now)
        if is_sandbox(account.place):
            posts = tuple(replace(post, may=post.may - OUTWARD) for post in posts)
        if not posts:
            raise DeniedError("no_post")
        post = next((item for item in posts if item.entry == ref.post), posts[0])
        return Actor(
            account.id,
            account.person,
            account.name,
            account.place,
            account.language,
            post,
            posts,
            community.regulation.is_above,
        )


def posts_of(person: str, evaluation: Evaluation, regulation: Regulation, now: datetime) -> tuple[Post, ...]:
    """Return a person's posts at `now`: those that may most first, then by appointment."""
    found = [post for holder, post in posts_at(evaluation, regulation, now) if holder == person]
    return tuple(sorted(found, key=lambda post: (-len(post.may), post.entry)))


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A current appointment: `post` is its subject; its present state began at `since` and will end at `until`."""

    post: str
    worker: str
    role: str
    place: str
    since: datetime
    until: datetime | None


class HasRows(Protocol):
    """Tables as an evaluation has them."""

    def schema(self, table: str) -> Schema:
        """Return a table's schema."""
        ...

    def rows(self, table: str) -> Mapping[Any, Row]:
        """Return a table's rows by key."""
        ...


def held_posts(evaluation: Evaluation, now: datetime) -> Iterator[HeldPost]:
    """Yield every current appointment, whether or not there is such a role any more."""
    schema = evaluation.schema(HOLDER)
    columns = [schema.position(name) for name in ("subject", "worker", "role", "place", "start", "end")]
    for row in evaluation.rows(HOLDER).values():
        post, worker, role, place, since, until = (row[at] for at in columns)
        if since <= now and (until is None or now < until):
            yield HeldPost(str(post), str(worker), str(role), str(place), since, until)


def terms(evaluation: "HasRows", now: datetime) -> list[HeldPost]:
    """Return every appointment that holds at `now` or begins later, from its beginning to its end, whatever was said.

    What is said of an appointment while it lasts, as that it will end, is another state of it and no other term.
    """
    schema = evaluation.schema(HOLDER)
    columns = [schema.position(name) for name in ("subject", "worker", "role", "place", "start", "end")]
    rows = sorted(
        (tuple(row[at] for at in columns) for row in evaluation.rows(HOLDER).values()),
        key=lambda row: (row[0], row[4]),
    )
    found: list[HeldPost] = []
    for post, worker, role, place, since, until in rows:
        one = HeldPost(str(post), str(worker), str(role), str(place), since, until)
        before = found[-1] if found else None
        if (
            before is not None
            and before.until == since
            and replace(one, since=before.since, until=since) == before
        ):
            found[-1] = replace(before, until=until)
        else:
            found.append(one)
    return [one for one in found if one.until is None or now < one.until]


def posts_at(evaluation: Evaluation, regulation: Regulation, now: datetime) -> Iterable[tuple[str, Post]]:
    """Yield every current appointment as (worker, post)."""
    held: list[tuple[str, Post]] = []
    for one in held_posts(evaluation, now):
        if one.role in regulation.roles:
            may = regulation.roles[one.role].may
            granted = frozenset({Permission.RECORD, *(Permission(word) for word in may)})
            held.append((one.worker, Post(one.post, one.role, one.place, granted)))
    for who, post in held:
        deputised = regulation.roles[post.role].stands_in_for
        if deputised is not None and _absent(deputised.role, post, held, evaluation, now):
            post = replace(post, stands_in=frozenset({deputised.role}))  # noqa: PLW2901 - the same post, now
        yield who, post


def _absent(
    role: str, deputy: Post, held: list[tuple[str, Post]], evaluation: Evaluation, now: datetime
) -> bool:
    """Whether a post that `deputy` stands in for has no holder, or one who is away at `now`.

    Of the holders at the deputy's place, at one within it or at one that it lies in.
    """
    tree = evaluation.regulation.places
    there = {
        who
        for who, post in held
        if post.role == role
        and (tree.contains(deputy.place, post.place) or tree.contains(post.place, deputy.place))
    }
    table = away_table(deputy.role)
    if not there or not evaluation.has(table):
        return not there
    schema = evaluation.schema(table)
    who, start, end = (schema.position(name) for name in ("who", "start", "end"))
    return any(
        row[who] in there and row[start] <= now and (row[end] is None or now < row[end])
        for row in evaluation.rows(table).values()
    )


def require(actor: Actor, permission: Permission) -> None:
    """Raise DeniedError `not_permitted` unless the actor's post has the permission."""
    if not actor.may(permission):
        raise DeniedError("not_permitted")


def sees_place(actor: Actor, place: str, level_of: Regulation) -> bool:
    """Whether the actor may see what belongs to `place`: its own post's place and below, or all with SEE_PLACE."""
    tree = level_of.places
    if tree.contains(actor.post.place, place):
        return True
    return actor.may(Permission.SEE_PLACE) and tree.contains(actor.community, place)
