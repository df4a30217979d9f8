"""A sandbox: a community's draft, or what is in force, at work among invented people, to be thrown away again.

It is a place of its own beside the community, never on disk, and everything that happens there is stored under its id
alone. Nobody there may publish, approve or administer, so that nothing comes out of it.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from app.domain.field_type import FieldTypes
from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation, sensitive_fields
from app.domain.sandbox import sandbox_of
from app.i18n import LANGUAGES, Translator
from app.services.actor import Actor, ActorRef, DeniedError
from app.services.drafting.changes import Files
from app.services.drafting.drafts import RegulationDrafting
from app.services.live import LiveCommunities
from app.services.ports import Account, Accounts, Clock, Ledger, Memory, Remembered, Revision, Revisions
from app.services.sandbox.invented import Invented, invented

KIND: Final = "sandbox"


class Sandboxes(Protocol):
    """Where a sandbox is thrown away."""

    async def drop(self, place: str) -> None:
        """Take out everything of a sandbox. Raises ValueError for any other place."""
        ...


Moved = Callable[[Files, str, str, Mapping[str, str]], Files]
"""Returns a place's files as those of a place of another id, with another title; blocking."""


@dataclass(frozen=True, slots=True)
class SandboxPorts:
    """What sandboxes need."""

    drafting: RegulationDrafting
    accounts: Accounts
    revisions: Revisions
    ledger: Ledger
    memory: Memory
    sandboxes: Sandboxes
    live: LiveCommunities
    types: FieldTypes
    clock: Clock
    moved: Moved


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """Somebody invented whom one can be: titles are the role's and the place's."""

    account: str
    name: str
    role: Texts
    place: Texts


@dataclass(frozen=True, slots=True)
class SandboxView:
    """A community's sandbox: what it was made of, when and by whom, and who lives there.

    `draft` is empty for one that was made of what is in force. `is_stale` says that the text has changed since.
    """

    place: str
    draft: str
    title: str
    made_at: datetime
    made_by: str
    people: tuple[Inhabitant, ...]
    is_stale: bool


class SandboxService:
    """One sandbox a community; everything needs the permission to publish there."""

    def __init__(self, ports: SandboxPorts) -> None:
        """Keep the ports."""
        self._ports = ports
        self._making = asyncio.Lock()

    async def view(self, ref: ActorRef) -> SandboxView | None:
        """Return the community's sandbox, None without one. Raises DeniedError."""
        actor = await self._actor(ref)
        kept = await self._kept(actor.community)
        if kept is None:
            return None
        value = kept.value
        place, draft = str(value["place"]), str(value["draft"])
        regulation = (await self._ports.live.told(place)).regulation
        people = [
            Inhabitant(
                str(one["account"]),
                str(one["name"]),
                regulation.roles[str(one["role"])].heading.title,
                regulation.places.places[str(one["place"])].title,
            )
            for one in value["people"]
        ]
        try:
            is_stale = await self._content(ref, actor, draft) != value["content"]
        except ProblemError:  # the draft was published or discarded meanwhile
            is_stale = True
        by = str(value["by"])
        return SandboxView(place, draft, kept.name, kept.saved_at, by, tuple(people), is_stale)

    async def make(self, ref: ActorRef, draft: str = "") -> None:
        """Make the community's sandbox anew of a draft as it is, or of what is in force; one that is there goes.

        Raises DeniedError; ProblemError E547 without such a draft, or with what is wrong in its files.
        """
        actor = await self._actor(ref)
        files, title = await self._files(ref, actor, draft)
        content = await self._content(ref, actor, draft)
        place = sandbox_of(actor.community, secrets.token_hex(6))
        home = (await self._ports.live.fresh(actor.community)).regulation.place.title
        titles = {one: Translator(one)("sandbox-of", place=Translator(one).text(home)) for one in LANGUAGES}
        moved = await asyncio.to_thread(self._ports.moved, files, actor.community, place, titles)
        loaded = await self._ports.drafting.check(place, moved, with_cases=False)
        if loaded.regulation is None:
            raise ProblemError(*(one for one in loaded.problems if one.is_error))
        async with self._making:
            await self.drop(ref)
            people = await self._people(actor, loaded.regulation, moved)
            value = {
                "place": place,
                "draft": draft,
                "content": content,
                "people": people,
                "by": actor.name,
            }
            name = f"sandbox-{actor.community}"
            kept = Remembered(name, actor.community, KIND, "", title, value, self._ports.clock())
            await self._ports.memory.save(kept)

    async def renew(self, ref: ActorRef) -> None:
        """Make the sandbox anew of what it was made of, as that is now. Raises as `make`, E547 without a sandbox."""
        actor = await self._actor(ref)
        kept = await self._kept(actor.community)
        if kept is None:
            raise ProblemError(Problem("E547"))
        await self.make(ref, str(kept.value["draft"]))

    async def drop(self, ref: ActorRef) -> None:
        """Throw the community's sandbox away, whoever is in it. Raises DeniedError."""
        actor = await self._actor(ref)
        kept = await self._kept(actor.community)
        if kept is not None:
            place = str(kept.value["place"])
            await self._ports.sandboxes.drop(place)
            self._ports.live.forget([place])
            await self._ports.memory.drop(kept.id)

    async def enter(self, ref: ActorRef, account: str) -> Account:
        """Return the account of somebody in the community's sandbox. Raises DeniedError, ProblemError E547."""
        view = await self.view(ref)
        found = await self._ports.accounts.by_id(account)
        if view is None or found is None or found.place != view.place:
            raise ProblemError(Problem("E547"))
        return found

    # ---- parts
    async def _kept(self, community: str) -> Remembered | None:
        return next(iter(await self._ports.memory.of_place(community, KIND)), None)

    async def _actor(self, ref: ActorRef) -> Actor:
        """Return who asks; a sandbox is of a community. Raises DeniedError."""
        actor = await self._ports.drafting.actor(ref)
        if actor.is_above:
            raise DeniedError("not_permitted")
        return actor

    async def _files(self, ref: ActorRef, actor: Actor, draft: str) -> tuple[Files, str]:
        """Return the files of a draft and its title; of what is in force without one."""
        if draft:
            found = await self._ports.drafting.files(ref, draft)
            return found.files, found.draft.title
        return (await self._ports.live.revision(actor.community)).files, ""

    async def _content(self, ref: ActorRef, actor: Actor, draft: str) -> str:
        """Return what tells one content from another: a revision's hash, or a draft's step."""
        if not draft:
            return (await self._ports.live.revision(actor.community)).hash
        step = (await self._ports.drafting.draft(ref, draft)).step
        return f"{step.base}-{step.number}"

    async def _people(self, actor: Actor, regulation: Regulation, files: Files) -> list[dict[str, str]]:
        """Publish the regulation there, store what is invented, make everybody's account; return the people."""
        ports, now, place = self._ports, self._ports.clock(), regulation.place.id
        mark = place.rsplit("_", 1)[-1]
        names = Translator(actor.language)("sandbox-names").split("|")
        made: Invented = await asyncio.to_thread(invented, regulation, ports.types, now, mark, names)
        since = min((one.recorded_at for one in made.entries), default=now)
        await ports.revisions.add(Revision(regulation.revision, place, files, since, actor.person))
        await ports.ledger.append(list(made.entries), sensitive_fields(regulation))
        blank = Account("", "", "", "", place, None, actor.language, demo=True)
        for one in made.people:
            name = f"sandbox-{one.worker}"
            await ports.accounts.save(replace(blank, id=name, login=name, person=one.worker, name=one.name))
        return [
            {"account": f"sandbox-{one.worker}", "name": one.name, "role": one.role, "place": one.place}
            for one in made.people
        ]
