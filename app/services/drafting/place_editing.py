"""A community's places as its administrators keep them: added, renamed, ended, moved in a draft of its place file."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from app.domain.edits import Data, Edit, Path, UnfitError, UnreadableError
from app.domain.kinds.common import Texts
from app.domain.place import PlaceTree
from app.domain.place_changes import Left
from app.domain.problem import Problem, ProblemError, Where
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.actor import ActorRef, Permission
from app.services.drafting.changes import Files
from app.services.drafting.drafts import RegulationDrafting, Saved
from app.services.drafting.place_file import (
    NUMBERED,
    added_edits,
    at_path,
    ended_edits,
    path_of,
    renewed,
    said_edit,
)
from app.services.ports import Clock

FILE: Final = "place.yaml"
MOST_NAME: Final = 60


class PlaceFiles(Protocol):
    """What is asked of the declared files. Blocking."""

    def said(self, text: str) -> Data:
        """Return what a file's text says."""
        ...

    def edited(self, text: str, edits: Iterable[Edit]) -> str:
        """Return a file's text after edits."""
        ...

    def folder(self, place: str) -> str:
        """Return the folder of a place."""
        ...


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of the community. `since` and `until` are those that hold, also by what it lies in.

    `people` are the names of those who hold a post at it, `subjects` whom forms describe and who are there, as of now.
    `inline` says that it is declared in the community's own file and can be changed here; `ends` that it has an end of
    its own; `is_new` that it isn't in force yet; `was` is its title in force, where that is another one.
    """

    id: str
    level: str
    title: Texts
    depth: int
    since: date | None
    until: date | None
    there: bool
    inline: bool
    ends: bool = False
    is_new: bool = False
    was: Texts | None = None
    people: tuple[str, ...] = ()
    subjects: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacesView:
    """The places of a draft, or (`draft` "") as they were published last; `number` is the draft's step looked at.

    `levels` are those of each place's own kind of inner places, the ones that can be added in it.
    """

    draft: str
    number: int
    rows: tuple[PlaceRow, ...]
    levels: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    may_edit: bool
    today: date


Occupied = Mapping[str, tuple[tuple[str, ...], tuple[Left, ...]]]
"""By place: the names of those who hold a post at it, and how many there are of whom forms describe."""


class Occupants(Protocol):
    """Tells who and what is where in a community, as of now."""

    async def __call__(self, place: str) -> Occupied:
        """Return it by place."""
        ...


class PlaceEditing:
    """Reading needs the permission to publish or to approve; changing that to publish."""

    def __init__(
        self, drafting: RegulationDrafting, files: PlaceFiles, clock: Clock, occupants: Occupants
    ) -> None:
        """Keep the ports."""
        self._drafting = drafting
        self._files = files
        self._clock = clock
        self._occupants = occupants

    async def view(self, ref: ActorRef, draft_id: str = "") -> PlacesView:
        """Return the places of the actor's community. Raises DeniedError, ProblemError E510, E547."""
        actor = await self._drafting.reader(ref)
        community = actor.community
        newest = await self._drafting.newest(community)
        number, files = 0, newest.files
        if draft_id:
            found = await self._drafting.files(ref, draft_id)
            number, files = found.draft.step.number, found.files
        loaded = await self._drafting.check(community, files, with_cases=False)
        published = await self._drafting.check(community, newest.files, with_cases=False)
        regulation = loaded.regulation or published.regulation
        path = f"{self._files.folder(community)}/{FILE}"
        problems = tuple(
            one
            for one in loaded.problems
            if one.where is not None and one.where.path == path and one.is_error
        )
        may_edit = actor.may(Permission.PUBLISH)
        if regulation is None:
            return PlacesView(draft_id, number, (), {}, problems, may_edit, date_of("UTC", self._clock()))
        today = date_of(regulation.calendar.zone, self._clock())
        own = await asyncio.to_thread(self._inline, community, files)
        rows = tuple(_rows(regulation, published.regulation, own, today))
        there = await self._occupants(community)
        rows = tuple(
            replace(row, people=there[row.id][0], subjects=there[row.id][1]) if row.id in there else row
            for row in rows
        )
        return PlacesView(
            draft_id, number, rows, _levels(regulation.places, community), problems, may_edit, today
        )

    def _inline(self, community: str, files: Files) -> frozenset[str]:
        """Return the ids of the places that the community's own file declares within it, and its own."""
        try:
            data = self._files.said(files.get(f"{self._files.folder(community)}/{FILE}") or "{}")
        except UnreadableError:
            return frozenset()
        found = {community}

        def walk(parent: str, inside: Data | None) -> None:
            if isinstance(inside, Mapping):
                for name, one in inside.items():
                    found.add(f"{parent}/{name}")
                    walk(f"{parent}/{name}", one.get("places") if isinstance(one, Mapping) else None)

        walk(community, data.get("places") if isinstance(data, Mapping) else None)
        return frozenset(found)

    # ---- changes -----------------------------------------------------------------------------------------------------
    async def add(
        self,
        ref: ActorRef,
        draft_id: str,
        parent: str,
        level: str,
        titles: Mapping[str, str],
        since: date | None = None,
        *,
        seen: int = 0,
    ) -> Saved:
        """Add a place within another one, from a day on (None: as if it had always been there).

        Raises as `view`, and ProblemError with the field: E936 without a name, E938 for one that is too long, E945 for
        one that another place there has, E707 for a place that isn't the community's file's to change.
        """
        said = await self._named(ref, draft_id, parent, titles)

        def make(data: Data, within: Path) -> list[Edit]:
            row: dict[str, Data] = {"level": level, "title": said}
            if since is not None:
                row["in_force"] = {"from": since.isoformat()}
            return added_edits(data, within, level, row)

        return await self._change(ref, draft_id, parent, make, seen)

    async def rename(
        self, ref: ActorRef, draft_id: str, place: str, titles: Mapping[str, str], *, seen: int = 0
    ) -> Saved:
        """Give a place another name; its id stays, so that all that was recorded there stays there. Raises as `add`."""
        said = await self._named(ref, draft_id, place.rpartition("/")[0], titles, besides=place)
        return await self._change(
            ref, draft_id, place, lambda data, path: [said_edit(data, path, "title", said)], seen
        )

    async def end(
        self, ref: ActorRef, draft_id: str, place: str, until: date | None, *, seen: int = 0
    ) -> Saved:
        """Say from which day a place is there no more; None takes an end back.

        Raises as `view`, and ProblemError E707, E103 (field `until`) for an end that isn't after the beginning.
        """

        def make(data: Data, path: Path) -> list[Edit]:
            return ended_edits(data, path, until)

        return await self._change(ref, draft_id, place, make, seen)

    async def move(
        self, ref: ActorRef, draft_id: str, place: str, to: str, on: date, *, seen: int = 0
    ) -> Saved:
        """Let a place end on a day and begin on that day within another one of the same kind, with all that lies in it.

        It gets another id there: what was recorded keeps the old one. Raises as `end`; E707 also for a place that can't
        lie there.
        """
        community = (await self._drafting.actor(ref)).community
        view = await self.view(ref, draft_id)
        known = {row.id: row for row in view.rows}
        moved, target = known.get(place), known.get(to)
        parent = known.get(place.rpartition("/")[0])
        fits = target is not None and parent is not None and target.level == parent.level
        if moved is None or target is None or not fits or to == place.rpartition("/")[0] or not target.inline:
            raise ProblemError(Problem("E707", field="to"))
        _free(view, to, moved.title, on)

        def make(data: Data, path: Path) -> list[Edit]:
            copied = renewed(at_path(data, path), on)
            return [
                *ended_edits(data, path, on),
                *added_edits(data, path_of(community, to), moved.level, copied),
            ]

        return await self._change(ref, draft_id, place, make, seen)

    async def _named(
        self, ref: ActorRef, draft_id: str, parent: str, titles: Mapping[str, str], besides: str = ""
    ) -> dict[str, Data]:
        said = {language: " ".join(text.split()) for language, text in titles.items()}
        said = {language: text for language, text in said.items() if text}
        if not said:
            raise ProblemError(Problem("E936", field="title"))
        if any(len(text) > MOST_NAME for text in said.values()):
            raise ProblemError(Problem("E938", values={"most": MOST_NAME}, field="title"))
        view = await self.view(ref, draft_id)
        _free(view, parent, said, view.today, besides)
        return dict(said)

    async def _change(
        self,
        ref: ActorRef,
        draft_id: str,
        place: str,
        make: Callable[[Data, Path], list[Edit]],
        seen: int,
    ) -> Saved:
        actor = await self._drafting.actor(ref)
        found = await self._drafting.files(ref, draft_id)
        path = f"{self._files.folder(actor.community)}/{FILE}"

        def changed(files: Files) -> dict[str, str]:
            if place not in self._inline(actor.community, files):
                raise ProblemError(Problem("E707", field="place"))
            text = files[path]
            data = self._files.said(text)
            try:
                return {path: self._files.edited(text, make(data, path_of(actor.community, place)))}
            except UnfitError:
                raise ProblemError(Problem("E546", Where(path), {"what": place})) from None

        return await self._drafting.write(ref, draft_id, changed, seen=seen or found.draft.step.number)


def _rows(
    regulation: Regulation, published: Regulation | None, own: frozenset[str], today: date
) -> Iterable[PlaceRow]:
    tree, community = regulation.places, regulation.place.id
    known = {} if published is None else published.places.places
    top = community.count("/")
    for place in sorted(tree.within(community), key=lambda one: _order(one.id)):
        since, until = tree.span(place.id)
        before = known.get(place.id)
        yield PlaceRow(
            place.id,
            place.level,
            place.title,
            place.id.count("/") - top,
            since,
            until,
            tree.there(place.id, today),
            place.id in own,
            place.until is not None,
            before is None,
            before.title if before is not None and before.title != place.title else None,
        )


def _order(place: str) -> list[tuple[str, int, str]]:
    """Return a key that puts g2 before g10, and what lies in a place behind it."""
    found = []
    for part in place.split("/"):
        match = NUMBERED.fullmatch(part)
        found.append((match[1], int(match[3]), "") if match else (part, -1, ""))
    return found


def _levels(tree: PlaceTree, community: str) -> dict[str, tuple[str, ...]]:
    """Return by level what lies directly in places of it; what has nothing in it yet may get what its like have."""
    found: dict[str, dict[str, None]] = {}
    for place in tree.within(community):
        above = tree.places.get(place.parent or "")
        if above is not None and place.id != community:
            found.setdefault(above.level, {})[place.level] = None
    return {level: tuple(inside) for level, inside in found.items()}


def _free(view: PlacesView, parent: str, titles: Mapping[str, Data], day: date, besides: str = "") -> None:
    """Raise ProblemError E945 where another place within `parent`, that hasn't ended by a day, is called so."""
    for row in view.rows:
        if (
            row.id == besides
            or row.id.rpartition("/")[0] != parent
            or (row.until is not None and row.until <= day)
        ):
            continue
        same = {language for language, text in row.title.items() if titles.get(language) == text}
        if same:
            name = str(titles[min(same)])
            raise ProblemError(Problem("E945", values={"name": name}, field="title"))
