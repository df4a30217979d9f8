"""Who acts, in which post, and what that post may do. Posts come from dated appointments, never from the session."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Permission(StrEnum):
    """What a role may do beyond seeing and recording its own work (`may` in a role's file)."""

    RECORD = "record"  # submit forms (all roles have it)
    SEE_PLACE = "see_place"  # households, ledger and duties of the whole place of the post and below
    SEE_SENSITIVE = "see_sensitive"  # sensitive fields of the subjects that it sees
    SEE_SCORES = "see_scores"  # scores and appraisals of others at the place
    CORRECT = "correct"  # correct or withdraw entries of others
    APPRAISE = "appraise"  # print and publish appraisals
    PUBLISH = "publish"  # draft changes of the regulation and publish them
    APPROVE = (
        "approve"  # approve a change of the regulation before it is published; named by it, nobody else may
    )
    ADMINISTER = "administer"  # people, posts, accounts


@dataclass(frozen=True, slots=True)
class Post:
    """A current appointment: a role at a place; `entry` is the appointment's id and names the post in a session.

    `stands_in` are the roles that it stands in for just now: what their holders may fill in it may, too.
    """

    entry: str
    role: str
    place: str
    may: frozenset[Permission]
    stands_in: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        """The roles whose forms and duties are the post's."""
        return self.stands_in | {self.role}


@dataclass(frozen=True, slots=True)
class ActorRef:
    """What a session knows: the account, the post that it acts in (None: the first), the account's session epoch.

    `session` is the session's own id; without one it can only be ended together with the account's others.
    """

    account: str
    post: str | None = None
    epoch: int = 0
    session: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts now: resolved anew at every service call.

    `community` is the place that the account belongs to; `is_above`: one above communities, such as a street.
    """

    account: str
    person: str
    name: str
    community: str
    language: str
    post: Post
    posts: tuple[Post, ...]
    is_above: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether the post that the actor acts in has this permission."""
        return permission in self.post.may


Resolve = Callable[[ActorRef, datetime], Awaitable[Actor]]
"""Returns who acts, from dated appointments; raises DeniedError when nobody does (any more)."""


class DeniedError(Exception):
    """The actor may not do this, or isn't anybody (any more): `code` says why (`logged_out`, `not_permitted`)."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code
