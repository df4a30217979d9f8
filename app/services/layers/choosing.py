"""Choices of a place within what the levels above leave open: changes of its overlay, in a draft.

Several may choose at once: what one chose of another figure stays, and what two chose of the same one is a conflict
that a person decides.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.domain.edits import Data, UnfitError, UnreadableError, is_same
from app.domain.merging import ABSENT, Absent, Conflict, Side
from app.domain.problem import Problem, ProblemError, Where
from app.services.actor import ActorRef
from app.services.drafting.changes import FileConflict, Files, Prefer
from app.services.drafting.drafts import RegulationDrafting, Saved
from app.services.layers.changes import chosen_here, left_to_above, said_here, settled, with_change
from app.services.layers.layers import OVERLAY, Layering
from app.services.reasons.paths import led_in_file
from app.services.reasons.phrases import Said

CLOSED: Final = "E131"
_LONGEST: Final = 300
_TRIES: Final = 8

Make = Callable[[str, Files], dict[str, str]]
"""Returns the overlay of a place with something else in it, by path."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What somebody makes of what was looked at at a step (0: the newest), and whose is taken if others changed it."""

    seen: int
    prefer: Prefer
    to: Side = ABSENT


class LayerChoices:
    """Changes overlays; needs the permission to publish."""

    def __init__(self, drafting: RegulationDrafting, declared: Layering) -> None:
        """Keep the ports."""
        self._drafting = drafting
        self._declared = declared

    def overlay(self, place: str) -> str:
        """Return the path of a place's overlay."""
        return f"{self._declared.folder(place)}/{OVERLAY}"

    async def choose(
        self,
        ref: ActorRef,
        draft_id: str,
        what: str,
        value: str,
        why: str,
        *,
        seen: int = 0,
        prefer: Prefer = "",
    ) -> Saved:
        """Let a figure be another one at the place, in a draft; `value` as a file would say it.

        `seen` is the step of the draft that was looked at (0: the newest): where somebody made another choice of this
        figure since, nothing is stored without `prefer`, and the conflict says both.

        Raises DeniedError, and ProblemError: E547, E936 without a value or reason, E131 for what the level above
        doesn't leave open, E104 for an overlay that isn't YAML, E546 for one of another form; then nothing is stored.
        """
        said, reason = " ".join(value.split()), " ".join(why.split())[:_LONGEST]
        if not said:
            raise ProblemError(Problem("E936", field="value"))
        if not reason:
            raise ProblemError(Problem("E936", field="why"))
        to = self._data(said)

        def make(place: str, files: Files) -> dict[str, str]:
            return chosen_here(self._declared, place, files, what, to, reason)

        return await self._changed(ref, draft_id, what, make, _Looked(seen, prefer, to))

    async def gain(
        self, ref: ActorRef, draft_id: str, what: str, given: Data, why: str, *, seen: int = 0
    ) -> Saved:
        """Let a form gain a question, a choice or a post at a path, in a draft; the file above stays as it is.

        Raises as `choose`; E131 for what no form can gain, or has already.
        """
        return await self._more(ref, draft_id, {"path": what, "add": given, "why": why}, seen)

    async def switch_off(self, ref: ActorRef, draft_id: str, what: str, why: str, *, seen: int = 0) -> Saved:
        """Let a definition be off at the place, in a draft. Raises as `choose`; E131 where it isn't left open."""
        return await self._more(ref, draft_id, {"path": what, "off": "true", "why": why}, seen)

    async def _more(self, ref: ActorRef, draft_id: str, change: dict[str, Data], seen: int) -> Saved:
        reason = " ".join(str(change["why"]).split())[:_LONGEST]
        if not reason:
            raise ProblemError(Problem("E936", field="why"))

        def make(place: str, files: Files) -> dict[str, str]:
            return with_change(self._declared, place, files, {**change, "why": reason})

        return await self._changed(ref, draft_id, str(change["path"]), make, _Looked(seen, ""))

    def _data(self, said: str) -> Data:
        """Return a value as a file would hold it: a figure, or some by date (`{2025-01-01: 2}`)."""
        try:
            return self._declared.said(said) if said.startswith("{") else said
        except UnreadableError:  # the overlay tells what is wrong with it
            return said

    async def leave(
        self, ref: ActorRef, draft_id: str, what: str, *, seen: int = 0, prefer: Prefer = ""
    ) -> Saved:
        """Let the level above say a figure again. Raises as `choose`, E598 without a choice of the place."""

        def make(place: str, files: Files) -> dict[str, str]:
            return left_to_above(self._declared, place, files, what)

        return await self._changed(ref, draft_id, what, make, _Looked(seen, prefer))

    async def settle(
        self, ref: ActorRef, draft_id: str, what: str, *, seen: int = 0, prefer: Prefer = ""
    ) -> Saved:
        """Note that a change whose ground moved was looked at and stays. Raises as `choose`, E598."""

        def make(place: str, files: Files) -> dict[str, str]:
            return settled(self._declared, place, files, what)

        return await self._changed(ref, draft_id, what, make, _Looked(seen, prefer))

    async def _changed(self, ref: ActorRef, draft_id: str, what: str, make: Make, looked: _Looked) -> Saved:
        """Change the place's overlay as it is now, unless what is changed became something else since it was seen."""
        actor = await self._drafting.actor(ref)
        place, person = actor.community, actor.person
        for _ in range(_TRIES):
            found = await self._drafting.files(ref, draft_id)
            now = found.draft.step.number
            if looked.seen not in (0, now) and looked.prefer != "mine":
                before = await self._drafting.files_at(ref, draft_id, looked.seen)
                conflict = await asyncio.to_thread(
                    self._conflict, place, (before, found.files), what, looked.to
                )
                if conflict is not None:
                    left = () if looked.prefer else (conflict,)
                    return Saved(now, {}, conflicts=await self._drafting.authored(found.draft, left, person))
            made = await asyncio.to_thread(self._made, place, found.files, make)
            await self._permitted(place, {**found.files, **made}, what)
            saved = await self._drafting.write(ref, draft_id, partial(_as_made, made), seen=now)
            if not saved.conflicts:  # else somebody was faster
                return saved
        raise ProblemError(Problem("E541"))

    def _conflict(self, place: str, sides: tuple[Files, Files], what: str, mine: Side) -> FileConflict | None:
        """Return what others made of what somebody changes, None where it is as it was."""
        was, now = (said_here(self._declared, self.overlay(place), files, what) for files in sides)
        if isinstance(was, Absent) or isinstance(now, Absent):
            same = isinstance(was, Absent) and isinstance(now, Absent)
        else:
            same = is_same(was, now)
        return (
            None
            if same
            else FileConflict(
                self.overlay(place),
                (Conflict((*what.split("/"),), was, mine, now),),
                (self._in_words(what, sides[1]),),
            )
        )

    def _in_words(self, what: str, files: Files) -> Said:
        """Return what a path of an overlay leads to, by what the definition's file says; "" where that isn't known."""
        name, *steps = what.split("/")
        text = next((text for path, text in files.items() if path.endswith(f"/{name}.yaml")), "")
        try:
            return led_in_file(self._declared.said(text), (*steps,))
        except UnreadableError:
            return ""

    def _made(self, place: str, files: Files, make: Make) -> dict[str, str]:
        where = Where(self.overlay(place))
        try:
            return make(place, files)
        except UnreadableError:
            raise ProblemError(Problem("E104", where, {"reason": "syntax"})) from None
        except UnfitError:
            raise ProblemError(Problem("E546", where, {"what": "changes"})) from None

    async def _permitted(self, place: str, files: Files, what: str) -> None:
        """Refuse what the level above doesn't leave open."""
        loaded = await self._drafting.check(place, files, with_cases=False)
        told = what[:80]
        refused = [one for one in loaded.problems if one.code == CLOSED and one.values.get("what") == told]
        if refused:
            raise ProblemError(*refused)


def _as_made(made: Files, _: Files) -> Files:
    """Return what was made of the files that are written over: they are those of that step."""
    return made
