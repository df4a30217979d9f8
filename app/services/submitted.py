"""What people send when they fill in a form, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import State
from app.domain.kinds.form import Form
from app.services.live import Community
from app.services.occurrences import occurrences


@dataclass(frozen=True, slots=True)
class Fillable:
    """Forms that somebody may fill in: of the daily work, of the appraisal's year, files of registers."""

    work: tuple[Form, ...]
    year: tuple[Form, ...]
    files: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """What the page sends: `id` was made when the form was opened; `at` None means now.

    `subjects` are whom it is about beside `subject`, where the form may be about several. `measured` says that `at`
    was measured from how long ago a button was pressed: sent again it differs by what the way took, so the one that
    was stored first stands.
    """

    id: str
    form: str
    answers: Mapping[str, Any]
    subject: str | None = None
    at: datetime | None = None
    subjects: tuple[str, ...] = ()
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """An occurrence to which the entry counts, and its state now."""

    duty: str
    title: Texts
    window: str
    state: State


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a submission. `new` False: it was there already."""

    entry: Entry
    new: bool
    effects: tuple[Effect, ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """Whose entries go along when an act is taken back, and whose stay as they are since more was told of them."""

    going: tuple[str, ...]
    staying: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry of one's own that was stored: its form's title, what it counts to, whether it withdraws another.

    `subject` is whom it is about and `group` where lists put that subject, empty for nobody;
    `corrected` that it took the place of another entry, `added` that it only adds files to that.
    """

    form: Texts
    effects: tuple[Effect, ...]
    withdrawn: bool = False
    subject: str = ""
    group: str = ""
    corrected: bool = False
    added: bool = False


def effects_of(community: Community, entry_id: str) -> tuple[Effect, ...]:
    """Return the occurrences to which an entry counts."""
    return tuple(
        Effect(duty.id, duty.heading.title or {"zh": duty.id}, item.window, item.state)
        for duty in community.regulation.duties.values()
        for item in occurrences(community.evaluation, duty)
        if entry_id in item.entries
    )
