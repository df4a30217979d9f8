"""What entries make of who administers: held before they are stored, whichever way they come.

Who ends a post under *People* is asked there. The same can be said by an entry of the form that appoints, by its
correction, its withdrawal or what undoes one: nothing is stored after which nobody could administer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.core.delta import Row
from app.domain.core.values import Schema
from app.domain.entry import RETRACTION, Entry
from app.domain.identity import FORMS as IDENTITY_FORMS
from app.domain.membership import posts_fields
from app.domain.sources import SourceTables
from app.domain.submission import Fault
from app.services.actor import Actor
from app.services.administrators import NOBODY, Administrators, able, worse
from app.services.filling import Gate
from app.services.live import Community
from app.services.people import terms
from app.services.ports import Clock
from app.services.together import made_with, taken_back


class PostsGate:
    """A gate around another one: what that one says, and E942 for what leaves nobody who can administer."""

    def __init__(self, inner: Gate, administrators: Administrators, clock: Clock) -> None:
        """Keep the gate that is asked first, and who tells who can come in."""
        self._inner = inner
        self._administrators = administrators
        self._clock = clock

    async def faults(
        self, community: Community, actor: Actor, entry: Entry, along: Sequence[Entry] = ()
    ) -> list[Fault]:
        """Return why an entry can't be stored; `along` are those that are stored with it."""
        found = await self._inner.faults(community, actor, entry, along)
        if await self.nobody_after(community, entry, along):
            found = [*found, Fault(NOBODY)]
        return found

    async def before(self, community: Community, actor: Actor, entry: Entry) -> None:
        """Do what must be done before the entry is there. Raises ProblemError."""
        await self._inner.before(community, actor, entry)

    def rows(self, community: Community, form: str) -> "PostRows | None":
        """Return what holds the rows of one file. None: its form appoints nobody."""
        return PostRows(self, community) if form in _appointing(community) else None

    async def nobody_after(self, community: Community, entry: Entry, along: Sequence[Entry]) -> bool:
        """Return whether nobody could administer any more once an entry is stored with those `along`."""
        appointing = _appointing(community)
        old = community.entries.get(entry.supersedes or "")
        if entry.form not in appointing and (old is None or old.form not in appointing):
            return False
        # What one act recorded is taken back as one: a handover's beginning with the end of the post before.
        back = [entry]
        if entry.form == RETRACTION and old is not None:
            back = taken_back(entry, made_with(community.entries, old).going)
        now = self._clock()
        people = await self._administrators.who_come_in(community.place)
        before = able(community.regulation, terms(community.evaluation, now), people)
        made = {one.id: one for one in (*along, *back)}
        after = able(community.regulation, terms(_Posts(community, appointing, made), now), people)
        return worse(before, after, now)


@dataclass(slots=True)
class PostRows:
    """Holds the rows of one file: all together where that leaves somebody who administers, else one after the other."""

    gate: PostsGate
    community: Community
    _taken: list[Entry] = field(default_factory=list)

    async def faults(self, entries: Iterable[Entry]) -> Mapping[str, list[Fault]]:
        """Return what is wrong with rows, by their entries' ids; rows without a fault aren't named."""
        rows = list(entries)
        found: dict[str, list[Fault]] = {}
        whole = not rows or not await self.gate.nobody_after(
            self.community, rows[-1], [*self._taken, *rows[:-1]]
        )
        for entry in rows:
            if not whole and await self.gate.nobody_after(self.community, entry, self._taken):
                found[entry.id] = [Fault(NOBODY)]
            else:
                self._taken.append(entry)
        return found


def _appointing(community: Community) -> set[str]:
    return {form.id for form in community.regulation.forms.values() if posts_fields(form) is not None}


class _Posts:
    """The table of posts as it would be with further entries; of the ledger only what it is made of is read."""

    def __init__(self, community: Community, forms: set[str], made: Mapping[str, Entry]) -> None:
        read = {*forms, *IDENTITY_FORMS}
        entries = community.entries
        kept = [
            one
            for one in entries.values()
            if one.form in read or (one.form == RETRACTION and _form(entries, one) in read)
        ]
        self._evaluation = community.evaluation
        self._sources = SourceTables(community.regulation)
        instants = [one.recorded_at for one in (*kept, *made.values())]
        self._sources.load([*(one for one in kept if one.id not in made), *made.values()], max(instants))

    def schema(self, table: str) -> Schema:
        return self._evaluation.schema(table)

    def rows(self, table: str) -> Mapping[Any, Row]:
        return self._sources.rows(table)


def _form(entries: Mapping[str, Entry], entry: Entry) -> str:
    """Return the form of what an entry takes back."""
    old = entries.get(entry.supersedes or "")
    return "" if old is None else old.form
