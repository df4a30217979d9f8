"""A changed form from a day on: what was recorded before is read as the form was, what comes after is asked anew.

It is the language's own way (`versions` of a form), written for whoever would else leave entries out: the questions
that the form had stay at the top of its file until that day, the changed ones follow from it on.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from app.domain.edits import AddKey, Data, Edit, Remove, SetValue
from app.domain.problem import Problem, ProblemError, Where
from app.services.actor import ActorRef
from app.services.drafting.changes import Files
from app.services.drafting.drafts import DraftPorts, RegulationDrafting, Saved
from app.services.drafting.ports import DeclaredFile

_FORCE: Final = "in_force"
_VERSIONS: Final = "versions"
_OWN: Final = frozenset({"fields", "checks"})
"""What a version says itself; all else goes on from the top of the file unless it changes, too."""
_WHOLE: Final = frozenset({"form", "title", "notes", "clause", _FORCE, _VERSIONS})
"""What is said once for all versions."""


class FromADay:
    """Lets forms of a draft change from a day on."""

    def __init__(self, ports: DraftPorts, drafting: RegulationDrafting) -> None:
        """Keep what reads and writes drafts."""
        self._ports = ports
        self._drafting = drafting

    async def possible(self, ref: ActorRef, draft_id: str, forms: Collection[str]) -> frozenset[str]:
        """Return the forms of these that can change from a day on: the draft changes them, and no day is said yet.

        Raises DeniedError, ProblemError E547.
        """
        found = await self._drafting.files(ref, draft_id)
        declared = await self._drafting.declared(ref, draft_id) if forms else ()
        return frozenset(
            file.id
            for file in declared
            if file.kind == "form"
            and file.id in forms
            and self._both(found.draft.place, found.base, found.files, file) is not None
        )

    async def change(self, ref: ActorRef, draft_id: str, form: str, day: date) -> Saved:
        """Let a form of a draft change from `day` (inclusive) on.

        Raises DeniedError; ProblemError: E547, E545 for a form of which that can't be said, the faults that the files
        would have.
        """
        found = await self._drafting.files(ref, draft_id)
        place = found.draft.place
        declared = await self._drafting.declared(ref, draft_id)
        file = next((one for one in declared if (one.kind, one.id) == ("form", form)), None)
        both = None if file is None else self._both(place, found.base, found.files, file)
        if file is None or both is None:
            raise ProblemError(Problem("E545", Where(form), {"what": form}))
        text = self._ports.authoring.edited(found.files[file.path], dated(*both, day))
        loaded = await self._drafting.check(place, {**found.files, file.path: text}, with_cases=False)
        errors = [problem for problem in loaded.problems if problem.is_error]
        if errors:
            raise ProblemError(*errors)
        return await self._drafting.save(ref, draft_id, file.path, text, seen=found.draft.step.number)

    def _both(
        self, place: str, base: Files, files: Files, file: DeclaredFile
    ) -> tuple[Mapping[str, Data], Mapping[str, Data]] | None:
        """Return what a form's file said before the draft, and what it says; None where no day can be put between."""
        was = base.get(file.path) or base.get(self._drafting.stands_for(place, file.path, files))
        if file.own != file.path or was is None or was == files[file.path]:
            return None
        before, after = (self._ports.authoring.said(text) for text in (was, files[file.path]))
        if not isinstance(before, Mapping) or not isinstance(after, Mapping):
            return None
        force = after.get(_FORCE)
        until = force.get("until") if isinstance(force, Mapping) else None
        if (
            "form" not in after
            or "fields" not in before
            or _VERSIONS in before
            or _VERSIONS in after
            or until
        ):
            return None
        return before, after


def dated(before: Mapping[str, Data], after: Mapping[str, Data], day: date) -> list[Edit]:
    """Return the edits by which a form says what it did until a day, and what it says now from then on."""
    force = after.get(_FORCE)
    edits: list[Edit] = (
        [AddKey((_FORCE,), "until", day.isoformat())]
        if isinstance(force, Mapping)
        else [AddKey((), _FORCE, {"until": day.isoformat()})]
    )
    later: dict[str, Data] = {_FORCE: {"from": day.isoformat()}}
    for key, value in after.items():
        if key in _WHOLE:
            continue
        if key in _OWN or before.get(key) != value:
            later[key] = value
        if key not in before:
            edits.append(Remove((key,)))
        elif before[key] != value:
            edits.append(SetValue((key,), before[key]))
    edits += [
        AddKey((), key, value) for key, value in before.items() if key not in after and key not in _WHOLE
    ]
    edits.append(AddKey((), _VERSIONS, {f"since_{day:%Y_%m_%d}": later}))
    return edits
