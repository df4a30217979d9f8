"""A question of a draft is one that there was before under another name: its answers go on to count."""

from collections.abc import Mapping
from typing import Final

from app.domain.edits import AddKey, Data, Edit, SetValue
from app.domain.problem import Problem, ProblemError, Where
from app.services.actor import ActorRef
from app.services.drafting.drafts import DraftPorts, RegulationDrafting, Saved

_WAS: Final = "was"
_FIELDS: Final = "fields"


class OnceKnown:
    """Writes into a draft's file under which name a question was asked before."""

    def __init__(self, ports: DraftPorts, drafting: RegulationDrafting) -> None:
        """Keep what reads and writes drafts."""
        self._ports = ports
        self._drafting = drafting

    async def take(self, ref: ActorRef, draft_id: str, form: str, question: str, was: str) -> Saved:
        """Let a question of a draft's form take what was answered under the name `was`.

        Raises DeniedError; ProblemError: E547, E545 where the draft's files don't ask that question at a place of
        their own, the faults that the files would have.
        """
        found = await self._drafting.files(ref, draft_id)
        place = found.draft.place
        loaded = await self._drafting.check(place, found.files, with_cases=False)
        asked = None if loaded.regulation is None else loaded.regulation.forms.get(form)
        item = None if asked is None else asked.field(question)
        path = "" if item is None or item.stands is None else item.stands.path
        said = self._ports.authoring.said(found.files[path]) if path in found.files else None
        edit = _edit(said, (), question, was) if isinstance(said, Mapping) else None
        if edit is None:
            raise ProblemError(Problem("E545", Where(path or form), {"what": question}))
        text = self._ports.authoring.edited(found.files[path], [edit])
        again = await self._drafting.check(place, {**found.files, path: text}, with_cases=False)
        errors = [problem for problem in again.problems if problem.is_error]
        if errors:
            raise ProblemError(*errors)
        return await self._drafting.save(ref, draft_id, path, text, seen=found.draft.step.number)


def _edit(said: Mapping[str, Data], at: tuple[str, ...], question: str, was: str) -> Edit | None:
    """Return what is to be written, wherever among a form's sections the question stands."""
    fields = said.get(_FIELDS)
    if not isinstance(fields, Mapping):
        return None
    for name, one in fields.items():
        here = (*at, _FIELDS, str(name))
        if not isinstance(one, Mapping):
            continue
        if name == question:
            names = one.get(_WAS)
            if names is None:
                return AddKey(here, _WAS, [was])
            known = list(names) if isinstance(names, list | tuple) else [names]
            return SetValue((*here, _WAS), [*known, was])
        inner = _edit(one, here, question, was)
        if inner is not None:
            return inner
    return None
