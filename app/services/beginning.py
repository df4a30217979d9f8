"""Beginning from a model: another community's regulation, or one that is shipped, as a place's own to go on from."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.services.actor import ActorRef
from app.services.drafting.drafts import RegulationDrafting
from app.services.drafting.ports import RegulationDraft
from app.services.ports import Clock, Revisions


@dataclass(frozen=True, slots=True)
class Model:
    """A community whose regulation others can begin from; `document` is the text that it follows, if it names one."""

    place: str
    title: Texts
    document: str
    document_title: Texts


class Beginnings(Protocol):
    """What beginning needs of the declared files. Blocking: call it off the event loop."""

    def models(self) -> Sequence[Model]:
        """Return the communities on disk that can be begun from."""
        ...

    def read_files(self, place: str) -> Mapping[str, str]:
        """Return the closure of files of a place on disk."""
        ...

    def begun(
        self, model: str, files: Mapping[str, str], place: str, own: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Return the files of `place` (`own`: as they are) with the regulation of `model` (`files`)."""
        ...

    def write_files(self, files: Mapping[str, str]) -> None:
        """Write files. Raises ProblemError E108."""
        ...

    def remove_files(self, paths: Sequence[str]) -> None:
        """Remove files. Raises ProblemError E108."""
        ...


class Beginning:
    """Opens drafts that say what another community's regulation says; needs the permission to publish.

    Regulations are no secret within one instance: they hold rules, never people.
    """

    def __init__(
        self, drafting: RegulationDrafting, beginnings: Beginnings, revisions: Revisions, clock: Clock
    ) -> None:
        """Keep the ports."""
        self._drafting = drafting
        self._beginnings = beginnings
        self._revisions = revisions
        self._clock = clock

    async def models(self, ref: ActorRef) -> list[Model]:
        """Return the communities that the actor's can begin from: every other one. Raises DeniedError."""
        actor = await self._drafting.actor(ref)
        found = await asyncio.to_thread(self._beginnings.models)
        return [one for one in found if one.place != actor.community]

    async def begin(self, ref: ActorRef, model: str, title: str = "") -> RegulationDraft:
        """Open a draft with a model's regulation: as published here, else as its files stand.

        Raises DeniedError; ProblemError E551 for a model that isn't offered, E510 without a publication.
        """
        actor = await self._drafting.actor(ref)
        if model not in {one.place for one in await self.models(ref)}:
            raise ProblemError(Problem("E551", values={"place": model[:80]}))
        published = await self._revisions.current(model, self._clock())
        files = published.files if published else await asyncio.to_thread(self._beginnings.read_files, model)
        newest = await self._drafting.newest(actor.community)
        begun = await asyncio.to_thread(self._beginnings.begun, model, files, actor.community, newest.files)
        return await self._drafting.open_with(ref, begun, title)
