"""A photo that is taken along later: added to an entry of today, without answering its questions again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.core.values import Kind
from app.domain.field_type import FieldTypes
from app.domain.kinds.form import Field
from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of
from app.services.actor import ActorRef
from app.services.drafts import DraftKeeper
from app.services.form_views import SUBJECTS, FormView, Wanted
from app.services.ports import Clock
from app.services.submissions import Submissions
from app.services.submitted import Receipt, Submission

FILES = "files"
"""What the draft of files that are added later is called among what else can be begun with an entry."""
_COUNT = "max_count"
"""The option that types of field have whose answer is a list of files."""


class Attaching:
    """Opens what of an entry is photos and files, and stores what was added as a correction."""

    def __init__(self, submissions: Submissions, types: FieldTypes, clock: Clock) -> None:
        """Keep the ports."""
        self._submissions = submissions
        self._types = types
        self._clock = clock

    async def may(self, ref: ActorRef, entry_id: str) -> bool:
        """Whether the actor can add files to the entry now. Raises DeniedError for who may record nothing."""
        try:
            await self.open(ref, entry_id)
        except ProblemError:
            return False
        return True

    async def open(self, ref: ActorRef, entry_id: str) -> FormView:
        """Return the entry's form with those questions alone that take files and are asked by its answers.

        Raises DeniedError, ProblemError E720 for what isn't there or isn't the actor's act, E718 for what was changed
        since, E741 for an entry of another day, E742 for one that asks for no file.
        """
        view = await self._submissions.open(ref, Wanted(entry=entry_id))
        entry = view.corrects
        if entry is None or entry.by != view.facts.by:
            raise ProblemError(Problem("E720"))
        zone = view.logic.zone
        if date_of(zone, entry.recorded_at) != date_of(zone, self._clock()):
            raise ProblemError(Problem("E741"))
        answers = {name: value for name, value in entry.answers.items() if view.form.field(name) is not None}
        answers |= {SUBJECTS: list(entry.subjects)} if entry.subjects else {}
        asked = view.logic.asked(answers, view.facts).relevant
        fields = tuple(
            item for item in view.form.fields if item.id in asked and takes_files(self._types, item)
        )
        if not fields:
            raise ProblemError(Problem("E742"))
        key = DraftKeeper.key(view.form.id, view.subject, {}, f"files of {entry_id}")
        own = {item.id for item in fields}
        draft = await self._submissions.draft(ref, key)
        answers |= {name: value for name, value in draft.items() if name in own}
        begun = (
            None if view.begun is None else replace(view.begun, opening={"entry": entry_id, "batch": FILES})
        )
        return replace(
            view,
            form=replace(view.form, fields=fields),
            entry_id=DraftKeeper.new_id(),
            answers=answers,
            subject=None,  # the page tells nothing of the times before
            draft_at=None,
            corrects=None,
            key=key,
            begun=begun,
            left=(),
        )

    async def save(
        self, ref: ActorRef, entry_id: str, new_id: str, files: Mapping[str, Any], reason: str
    ) -> Receipt:
        """Store the entry again with these files (by field). Raises as `open`, and RefusedError."""
        view = await self.open(ref, entry_id)
        own = {item.id for item in view.form.fields}
        said = {name: value for name, value in view.answers.items() if name not in {SUBJECTS, *own}}
        answers = {**said, **{name: value for name, value in files.items() if name in own}}
        submission = Submission(
            new_id, view.form.id, answers, subjects=tuple(view.answers.get(SUBJECTS) or ())
        )
        return await self._submissions.correct(ref, entry_id, submission, reason, view.key)


def takes_files(types: FieldTypes, item: Field) -> bool:
    """Whether a question's answer is a list of files that are picked; a drawing is of the question it was drawn for."""
    kind = types.get(item.widget)
    return kind is not None and kind.kind is Kind.DATA and _COUNT in kind.options
