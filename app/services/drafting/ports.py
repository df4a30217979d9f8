"""Drafts of a regulation, as they are stored: a chain of saved states over a published revision, never rewritten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from app.domain.edits import Data, Edit
from app.domain.kinds.common import Texts
from app.domain.merging import Conflict
from app.domain.problem import Problem
from app.services.drafting.described import Language
from app.services.ports import Loaded, Revision

Changes = Mapping[str, str | None]
"""What a draft says otherwise than its base: path → text, None for a file that it takes away."""


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class StepKind(StrEnum):
    """What a step of a draft was."""

    OPENED = (
        "opened"  # the first: from a revision, from the files on disk, or an earlier revision brought back
    )
    EDITED = "edited"
    UNDONE = "undone"  # takes back what the step `of` changed
    REDONE = "redone"  # does again what the step `of` took back
    REBASED = "rebased"  # brought onto a newer revision


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A saved state of a draft: number 1, 2, …; `base` is the hash of the revision that `files` differ from."""

    number: int
    kind: StepKind
    by: str
    at: datetime
    base: str
    files: Changes = field(default_factory=dict)
    of: int | None = None


@dataclass(frozen=True, slots=True)
class RegulationDraft:
    """A draft of a place's regulation with its newest step."""

    id: str
    place: str
    title: str
    opened_by: str
    opened_at: datetime
    state: DraftState
    step: DraftStep


@dataclass(frozen=True, slots=True)
class DraftMark:
    """That somebody saw or approved one content of a draft: it says nothing of any other.

    `content` is the hash that the files would have as a revision; `value` is JSON.
    """

    draft: str
    kind: str
    content: str
    by: str
    at: datetime
    value: Mapping[str, Any] = field(default_factory=dict)


class RegulationDrafts(Protocol):
    """Where drafts of regulations are kept."""

    async def open(self, draft: RegulationDraft) -> None:
        """Store a new draft with its first step."""
        ...

    async def get(self, draft_id: str) -> RegulationDraft | None:
        """Return a draft as it is."""
        ...

    async def of_place(self, place: str) -> list[RegulationDraft]:
        """Return the open drafts of a place, newest first."""
        ...

    async def steps(self, draft_id: str) -> list[DraftStep]:
        """Return all steps, oldest first, without the texts of their files (an empty text for each)."""
        ...

    async def step(self, draft_id: str, number: int) -> DraftStep | None:
        """Return one step."""
        ...

    async def add(self, draft_id: str, step: DraftStep) -> bool:
        """Add the next step of an open draft: False, and nothing is stored, when its number isn't the next one."""
        ...

    async def close(self, draft_id: str, state: DraftState) -> bool:
        """Close an open draft; whether it was open."""
        ...

    async def publish(self, draft_id: str, number: int, revision: Revision) -> bool:
        """Publish a revision and close the draft, both or neither.

        False, and nothing happens, unless the draft is open with this number as its newest step, and the place's last
        publication is the one that the revision is based on.
        """
        ...

    async def mark(self, mark: DraftMark) -> None:
        """Keep a mark, in the place of one of the same draft, kind and content."""
        ...

    async def marks(self, draft_id: str) -> list[DraftMark]:
        """Return all marks of a draft, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class DeclaredFile:
    """A file in force at a place: `kind` and `id` are what it declares (or seems to), `layer` whose folder it is in.

    `own` is the path at which the place itself changes it: its own path, or that of a copy in the place's folder, which
    then stands for the base's; None for what a place above decides. `title` is empty for a file at fault; a file of
    cases has that of the definition beside which it lies, and the names of its `cases`.
    """

    path: str
    kind: str
    id: str
    layer: str
    own: str | None
    title: Texts = field(default_factory=dict)
    cases: tuple[Texts, ...] = ()


class Authoring(Protocol):
    """What drafting needs of the declared files. Blocking: call it off the event loop."""

    def read_files(self, place: str) -> Mapping[str, str]:
        """Return the closure of files of a place on disk."""
        ...

    def write_files(self, files: Mapping[str, str]) -> None:
        """Write files (path → text), each in one step. Raises ProblemError with E108."""
        ...

    def remove_files(self, paths: Iterable[str]) -> None:
        """Remove files; those that aren't there are no fault. Raises ProblemError with E108."""
        ...

    def check(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        """Check and build a draft: what an earlier check of nearly the same files gave is used again."""
        ...

    def declared(self, place: str, files: Mapping[str, str]) -> Sequence[DeclaredFile]:
        """Return the files in force at a place, by kind and id."""
        ...

    def own_path(self, place: str, path: str) -> str | None:
        """Return the path at which a place changes a file, None for what isn't its to change."""
        ...

    def field_types(self) -> Sequence[str]:
        """Return the names of the types that a form's field can have."""
        ...

    def language(self) -> Language:
        """Return all that files may say."""
        ...

    def revision_of(self, files: Mapping[str, str]) -> str:
        """Return the hash of the revision that these files would be."""
        ...

    def said(self, text: str) -> Data:
        """Return what a file's text says, without comments. Raises UnreadableError."""
        ...

    def edited(self, text: str, edits: Iterable[Edit]) -> str:
        """Return a file's text after edits, every other character as it was.

        Raises the errors of app.domain.edits.
        """
        ...

    def renamed_at(self, text: str, problem: Problem, old: str, new: str) -> str:
        """Return a file's text with a name that stands where a problem does as another; the same without it."""
        ...

    def merged(self, base: str, mine: str, theirs: str) -> tuple[str, Sequence[Conflict]]:
        """Return two changes of a text in one, and what they disagree on: there it says what `theirs` does."""
        ...
