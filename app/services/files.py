"""Files that answers refer to, by the SHA-256 of their content."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.domain.core.values import Kind
from app.domain.problem import Problem, ProblemError
from app.services.actor import Actor, ActorRef, Permission, Resolve
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.parts import may_see, may_see_sensitive
from app.services.people import require
from app.services.ports import Clock, Drafts

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MAGIC: Final = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/webp": (b"RIFF",),
}
"""How the content of each accepted type begins: what a browser claims isn't believed."""

_MOST_KEPT: Final = 1_000
"""How many uploads are remembered as their account's own until a draft or an entry holds them."""


class Files(Protocol):
    """Where contents lie."""

    def put(self, content: bytes) -> str:
        """Keep the content and return its SHA-256; durable when it returns."""
        ...

    def get(self, sha256: str) -> bytes | None:
        """Return the content, or None."""
        ...

    def all(self) -> Iterator[str]:
        """Yield the SHA-256 of every content, ascending."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a browser gets it."""

    content: bytes
    type: str


class FileService:
    """Takes pictures in and gives them out to those who may see what they belong to."""

    def __init__(
        self,
        files: Files,
        drafts: Drafts,
        live: LiveCommunities,
        resolve: Resolve,
        clock: Clock,
        largest: int,
    ) -> None:
        """Keep the ports; `largest` is in bytes."""
        self._files = files
        self._drafts = drafts
        self._live = live
        self._resolve = resolve
        self._clock = clock
        self._largest = largest
        self._kept: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._held: dict[str, tuple[object, Mapping[str, Sequence[tuple[str, bool]]]]] = {}

    async def keep(self, ref: ActorRef, name: str, content: bytes) -> dict[str, Any]:
        """Keep an uploaded picture; return what an answer holds of it.

        Raises ProblemError E715 for what isn't a picture, E716 for one that is too large.
        """
        actor = await self._resolve(ref, self._clock())
        require(actor, Permission.RECORD)
        if len(content) > self._largest:
            raise ProblemError(Problem("E716", values={"limit": self._largest // 1024 // 1024}))
        found = type_of(content)
        if found is None:
            raise ProblemError(Problem("E715"))
        sha256 = await asyncio.to_thread(self._files.put, content)
        self._kept[actor.account, sha256] = None
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return {"sha256": sha256, "name": name[-200:], "type": found, "size": len(content)}

    async def show(self, ref: ActorRef, sha256: str) -> Picture | None:
        """Return a picture of an entry that the actor may see, or of a form that the actor is filling in.

        None: there is none, or not for the actor; nobody learns which pictures exist. Raises DeniedError.
        """
        actor = await self._resolve(ref, self._clock())
        require(actor, Permission.RECORD)
        if not _SHA256.fullmatch(sha256) or not await self._may_see(actor, sha256):
            return None
        content = await asyncio.to_thread(self._files.get, sha256)
        found = None if content is None else type_of(content)
        return None if content is None or found is None else Picture(content, found)

    async def _may_see(self, actor: Actor, sha256: str) -> bool:
        if (actor.account, sha256) in self._kept:
            return True
        community = await self._live.fresh(actor.community)
        labels = Labels(community.evaluation, self._clock())
        for entry_id, sensitive in self._holders(community).get(sha256, ()):
            entry = community.entries[entry_id]
            if may_see(actor, entry, community.evaluation, labels) and (
                not sensitive or may_see_sensitive(actor, entry)
            ):
                return True
        drafts = await self._drafts.of_account(actor.account)
        return any(sha256 in _hashes(answer) for draft in drafts for answer in draft.answers.values())

    def _holders(self, community: Community) -> Mapping[str, Sequence[tuple[str, bool]]]:
        """Return the entries that hold a picture, and whether in a sensitive answer; kept until another comes."""
        state = (community.regulation.revision, community.number)
        known = self._held.get(community.place)
        if known is None or known[0] != state:
            known = self._held[community.place] = (state, _holders_in(community))
        return known[1]


def _holders_in(community: Community) -> Mapping[str, Sequence[tuple[str, bool]]]:
    forms = community.regulation.forms
    asked = {
        form.id: [(item.id, item.sensitive) for item in form.fields if item.type.kind is Kind.DATA]
        for form in forms.values()
    }
    found: dict[str, list[tuple[str, bool]]] = {}
    for entry in community.entries.values():
        for name, sensitive in asked.get(entry.form, ()):
            for sha256 in _hashes(entry.answers.get(name)):
                found.setdefault(sha256, []).append((entry.id, sensitive))
    return found


def _hashes(answer: object) -> list[str]:
    """Return the contents that an answer refers to."""
    items = answer if isinstance(answer, list | tuple) else []
    return [str(item["sha256"]) for item in items if isinstance(item, Mapping) and "sha256" in item]


def type_of(content: bytes) -> str | None:
    """Return the type that a picture's first bytes tell, or None."""
    for kind, starts in _MAGIC.items():
        if content.startswith(starts) and (kind != "image/webp" or content[8:12] == b"WEBP"):
            return kind
    return None
