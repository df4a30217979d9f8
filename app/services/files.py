"""Files that answers refer to, by the SHA-256 of their content."""

import asyncio
import re
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.domain.contents import IMAGES, type_of
from app.domain.core.values import Kind
from app.domain.files import files_in
from app.domain.kinds.form import Field
from app.domain.problem import Problem, ProblemError
from app.services.actor import Actor, ActorRef, Permission, Resolve
from app.services.clearance import clearance_of
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.parts import seer
from app.services.people import require
from app.services.ports import Clock, Drafts

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_INLINE: Final = "data:image/png;base64,"
_DRAWN: Final = frozenset({"image/png"})

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


def held_in(files: Files) -> Callable[[str], tuple[str | None, int] | None]:
    """Return what looks a content up: its type and size in bytes, None for one that isn't here."""

    def held(sha256: str) -> tuple[str | None, int] | None:
        content = files.get(sha256)
        return None if content is None else (type_of(content), len(content))

    return held


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or another file as a browser gets it, with the name that it came with."""

    content: bytes
    type: str
    name: str


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
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._held: dict[str, tuple[object, Mapping[str, Sequence[tuple[str, Field]]]]] = {}

    async def keep(
        self, ref: ActorRef, name: str, content: bytes, accepted: Collection[str] = IMAGES
    ) -> dict[str, Any]:
        """Keep an uploaded file; return what an answer holds of it.

        Raises ProblemError E715 for one of another type than the accepted ones, E716 for one that is too large.
        """
        actor = await self._resolve(ref, self._clock())
        require(actor, Permission.RECORD)
        if len(content) > self._largest:
            raise ProblemError(Problem("E716", values={"limit": self._largest // 1024 // 1024}))
        found = type_of(content)
        if found is None or found not in accepted:
            raise ProblemError(Problem("E715"))
        sha256 = await asyncio.to_thread(self._files.put, content)
        self._kept[actor.account, sha256] = name[-200:]
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return {"sha256": sha256, "name": name[-200:], "type": found, "size": len(content)}

    async def take_inline(self, ref: ActorRef, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers with what a browser drew as files: a signature is sent with its form, not before it.

        What isn't a drawing stays as it is, and is refused by its field.
        """
        taken = dict(answers)
        for name, answer in answers.items():
            content = _inline(answer)
            if content is not None:
                taken[name] = [await self.keep(ref, f"{name}.png", content, _DRAWN)]
            elif isinstance(answer, list) and answer and all(isinstance(row, Mapping) for row in answer):
                taken[name] = [await self.take_inline(ref, row) for row in answer]
        return taken

    async def show(self, ref: ActorRef, sha256: str) -> Picture | None:
        """Return a picture of an entry that the actor may see, or of a form that the actor is filling in.

        None: there is none, or not for the actor; nobody learns which pictures exist. Raises DeniedError.
        """
        actor = await self._resolve(ref, self._clock())
        require(actor, Permission.RECORD)
        name = await self._name(actor, sha256) if _SHA256.fullmatch(sha256) else None
        if name is None:
            return None
        content = await asyncio.to_thread(self._files.get, sha256)
        found = None if content is None else type_of(content)
        return None if content is None or found is None else Picture(content, found, name)

    async def _name(self, actor: Actor, sha256: str) -> str | None:
        """Return what a file is called where the actor may see it, else None."""
        kept = self._kept.get((actor.account, sha256))
        if kept is not None:
            return kept
        community = await self._live.fresh(actor.community)
        sees = seer(actor, community.evaluation, Labels(community.evaluation, self._clock()))
        forms = community.regulation.forms
        for entry_id, item in self._holders(community).get(sha256, ()):
            entry = community.entries[entry_id]
            cleared = clearance_of(actor, forms.get(entry.form), entry)
            if sees(entry) and cleared.reads(item):
                return _called(entry.answers, sha256)
        drafts = await self._drafts.of_account(actor.account)
        holding = (draft for draft in drafts if any(sha256 in _hashes(one) for one in draft.answers.values()))
        return next((_called(draft.answers, sha256) for draft in holding), None)

    def _holders(self, community: Community) -> Mapping[str, Sequence[tuple[str, Field]]]:
        """Return the entries that hold a picture, and in the answer to which question; kept until another comes."""
        state = (community.regulation.revision, community.number)
        known = self._held.get(community.place)
        if known is None or known[0] != state:
            known = self._held[community.place] = (state, _holders_in(community))
        return known[1]


def _holders_in(community: Community) -> Mapping[str, Sequence[tuple[str, Field]]]:
    forms = community.regulation.forms
    asked = {
        form.id: [(name, item) for item in form.fields if item.type.kind is Kind.DATA for name in item.names]
        for form in forms.values()
    }
    found: dict[str, list[tuple[str, Field]]] = {}
    for entry in community.entries.values():
        for name, item in asked.get(entry.form, ()):
            for sha256 in _hashes(entry.answers.get(name)):
                found.setdefault(sha256, []).append((entry.id, item))
    return found


def _inline(answer: object) -> bytes | None:
    """Return the picture that an answer holds itself, None for any other answer."""
    text = answer.get("inline") if isinstance(answer, Mapping) else None
    if not isinstance(text, str) or not text.startswith(_INLINE):
        return None
    try:
        return b64decode(text.removeprefix(_INLINE), validate=True)
    except ValueError:
        return None


def _called(answers: Mapping[str, Any], sha256: str) -> str:
    files = (item for answer in answers.values() for item in files_in(answer))
    return next((str(item.get("name") or "") for item in files if item["sha256"] == sha256), "")


def _hashes(answer: object) -> list[str]:
    """Return the contents that an answer refers to."""
    return [str(item["sha256"]) for item in files_in(answer)]
