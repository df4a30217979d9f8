"""What the studio's pages show of drafts, revisions and files: the rows and views that they are given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.kinds.common import Texts
from app.domain.problem import Problem
from app.services.drafting.definition_words import Reworded
from app.services.drafting.ports import RegulationDraft
from app.services.drafting.problem_titles import Titles
from app.services.drafting.publish import FileChange
from app.services.ports import Revision
from app.services.reasons.phrases import Said


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list: who opened it when, who changed it last when, how many files it changes.

    Who is of another community, and brought a change to the level above, has no name here: "". Of somebody of a level
    above, who handed down a change, `saved_at_level` is that place's id: names of its people aren't told below.

    `about` is what it changes, by titles, where nobody gave it a title. `stage` is of what it says now: `seen` where
    its impact was looked at and nobody has approved it yet, `approved` where somebody has, else empty.
    """

    id: str
    title: str
    about: tuple[Texts | str, ...]
    opened_by: str
    saved_by: str
    saved_at: datetime
    changed: int
    behind: bool
    stage: str = ""
    saved_at_level: str = ""


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A publication: `waits` until its day, `in_force` now; who published it, and who approved it, by name."""

    revision: Revision
    by: str
    in_force: bool
    waits: bool
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The studio of a place. `disk` are the files on this machine that somebody changed by hand.

    `is_stale` says that they are a copy of an earlier revision; `disk_draft` is the open draft of them, "" without one.
    """

    drafts: tuple[DraftRow, ...]
    revisions: tuple[RevisionRow, ...]
    disk: tuple[str, ...]
    is_stale: bool
    may_edit: bool
    disk_draft: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a draft: what it declares, what it says, whose it is, whether it is changed, what the checker finds.

    `change` is empty, `added` or `changed`. `words` are as of the regulation in force while the draft has errors.
    `cases` are what the cases in it are called; its title is then that of the definition beside which it lies.
    """

    path: str
    kind: str
    id: str
    title: Texts
    words: tuple[Said, ...]
    layer: str
    own: bool
    change: str
    errors: int
    warnings: int
    cases: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with its files by kind; `removed` are the paths that it takes away.

    `beneath` are the paths of files that it changes though another one stands for them at the place; `titles` are
    those of what its reminders name.
    """

    draft: RegulationDraft
    files: tuple[FileRow, ...]
    removed: tuple[str, ...]
    beneath: tuple[str, ...]
    problems: tuple[Problem, ...]
    behind: bool
    may_edit: bool
    can_undo: bool
    can_redo: bool
    is_whole: bool
    about: tuple[Texts | str, ...] = ()
    titles: Titles = field(default_factory=dict)
    called: Mapping[str, Said] = field(default_factory=dict)
    """What those are called that it takes away, by path."""
    templates: tuple[str, ...] = ()
    """The paths of print templates that it changes: the editor doesn't open them."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a typed text gave: the problems of its file, how many errors are elsewhere, what it says.

    `words` is None while errors keep the regulation from being built.
    """

    problems: tuple[Problem, ...]
    elsewhere: int
    words: tuple[Said, ...] | None


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of a draft. `removes`: it is the place's own and can be taken away; `cases`: with its cases."""

    draft: RegulationDraft
    path: str
    text: str
    kind: str
    id: str
    title: Texts
    layer: str
    own: bool
    removes: bool
    checked: Checked
    may_edit: bool
    cases: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sets of files side by side: by lines, and what definitions say in words, before and after.

    `before` and `after` are the publications where it is two of those.
    """

    files: tuple[FileChange, ...]
    words: tuple[Reworded, ...]
    before: Revision | None = None
    after: Revision | None = None
