"""The gates that a draft passes on its way into force, and how far it has come."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.form_changes import FormChange
from app.domain.kinds.common import Texts
from app.domain.place_changes import PlaceChange
from app.domain.problem import Problem
from app.services.drafting.ports import DraftMark
from app.services.ending_posts import EndingPost
from app.services.ports import Revision

SEEN: Final = "seen"
APPROVED: Final = "approved"
CASES: Final = "cases"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: the number of the resolution, the day from which it holds, why if that day lies back.

    `alone` says why it goes without a post that approves, where the regulation names none.
    """

    resolution: str
    effective: date
    why: str = ""
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Gates:
    """How far a draft is on its way. `content` is the hash that it would have as a revision.

    `errors` are the checker's; `cases` says how many of how many cases fail, None while they weren't run for this
    content. `answers` tells what becomes of the entries that there are. `approvers` are the titles of the posts that
    approve, none where the regulation names none: then whoever may publish does.
    """

    number: int
    content: str
    unchanged: bool
    behind: bool
    errors: tuple[Problem, ...]
    cases: tuple[int, int] | None
    answers: tuple[FormChange, ...]
    seen: DraftMark | None
    approved: DraftMark | None
    decision: Decision | None
    approvers: tuple[Texts, ...]
    may_approve: bool
    scheduled: Revision | None
    """The newest publication, while its day hasn't come."""
    broken: tuple[str, ...] = ()
    """The places below that would have some of the errors."""
    lost: int = 0
    """How many entries would count nowhere any more."""
    places: tuple[PlaceChange, ...] = ()
    """What becomes of the places that there are, and of whom they leave there."""
    posts: tuple[EndingPost, ...] = ()
    """Whose posts it ends, since it has no such role any more."""
    failing: tuple[Texts | str, ...] = ()
    """The titles of cases that fail, for whoever didn't run them; of very many the first."""

    def missing(self, *, despite_cases: bool = False, despite_entries: bool = False) -> tuple[str, ...]:
        """Return what has to happen before it can be published, in order; the gates' names, and why `checked` isn't."""
        failing = self.cases is None or (self.cases[0] > 0 and not despite_cases)
        open_ = {
            "unchanged": self.unchanged,
            "behind": self.behind,
            "errors": bool(self.errors),
            "cases": failing,
            "entries": self.lost > 0 and not despite_entries,
            "places": any(change.refused for change in self.places),
            "seen": self.seen is None,
            "approved": self.approved is None,
        }
        return tuple(name for name, is_open in open_.items() if is_open)


def decided(mark: DraftMark) -> Decision:
    """Return the decision that an approval keeps."""
    value = mark.value
    effective = date.fromisoformat(value["effective"])
    return Decision(value["resolution"], effective, value["why"], value.get("alone", ""))
