"""What goes along where something in a draft's file gets another id: all that names it, in the same step."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from app.domain.edits import Edit, NowhereError, Path, UnfitError, UnreadableError
from app.domain.problem import Problem, ProblemError, Where
from app.services.actor import ActorRef
from app.services.drafting.changes import Files
from app.services.drafting.followed import followed, renamed
from app.services.drafting.naming_along import named_along
from app.services.drafting.opening import DraftOpening

_LONGEST_TOLD: Final = 80
_DECLARING: Final = (".yaml", ".yml")
"""How the names of files end that declare something; all others are print templates."""


class DraftNames(DraftOpening):
    """Drafts in which what gets another id is named so everywhere."""

    async def prints_naming(self, ref: ActorRef, draft_id: str, name: str) -> tuple[str, ...]:
        """Return the paths of a draft's print templates in which a name stands: nobody renames it there.

        Raises as `draft`.
        """
        found = await self.files(ref, draft_id)
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        prints = (path for path in sorted(found.files) if not path.endswith(_DECLARING))
        return tuple(path for path in prints if word.search(found.files[path]))

    async def _along(
        self,
        ref: ActorRef,
        draft_id: str,
        path: str,
        edits: Sequence[Edit],
        renames: Sequence[tuple[str, str]],
        seen: int,
    ) -> Files:
        """Return what the files say that name something which edits rename, the edited one among them."""
        draft = await self.draft(ref, draft_id)
        place, own_path = draft.place, partial(self._ports.authoring.own_path, draft.place)
        files = await self._at(draft, seen)
        target = path if path in draft.step.files else own_path(path)
        text = files.get(path) if target is None else files.get(target, files.get(path))
        if target is None or text is None:
            return {}  # whoever changes the text says what is wrong
        before = await self.check(place, files)
        made = await asyncio.to_thread(self._edited, path, text, edits)
        begun = {**files, target: made}
        begun |= await asyncio.to_thread(self._followed, place, begun, made, renamed(edits))

        async def check(now: Files) -> Sequence[Problem]:
            return (await self.check(place, now)).problems

        rename = self._ports.authoring.renamed_at
        found = await named_along(begun, renames, before.problems, check, rename, own_path)
        return {one: said for one, said in found.items() if said != files.get(one)}

    def _followed(self, place: str, files: Files, text: str, names: Sequence[tuple[Path, str]]) -> Files:
        """Return the cases that a form's renamed questions are renamed in, each as the place's own file."""
        said = self._ports.authoring.said(text)
        form = said.get("form") if isinstance(said, Mapping) else None
        if not isinstance(form, str):
            return {}
        found = followed(files, form, names, self._ports.authoring.said, self._ports.authoring.edited)
        own = {path: self._ports.authoring.own_path(place, path) for path in found}
        return {own[path] or path: now for path, now in found.items() if own[path] is not None}

    def _edited(self, path: str, text: str, edits: Sequence[Edit]) -> str:
        try:
            return self._ports.authoring.edited(text, edits)
        except UnreadableError:
            raise ProblemError(Problem("E104", Where(path), {"reason": "syntax"})) from None
        except NowhereError as fault:
            raise ProblemError(Problem("E545", Where(path), {"what": _told(fault.path)})) from None
        except UnfitError as fault:
            raise ProblemError(Problem("E546", Where(path), {"what": _told(fault.path)})) from None


def _told(path: Sequence[str | int]) -> str:
    return "/".join(map(str, path))[:_LONGEST_TOLD]
