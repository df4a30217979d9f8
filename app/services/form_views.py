"""An opened form, as its page shows it, and what it is opened for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import State
from app.domain.kinds.form import Form
from app.domain.narrowing import narrowing, opening
from app.domain.submission import Facts, FormLogic
from app.services.answers import AnswerView
from app.services.labels import SubjectLabel
from app.services.picking import Picking
from app.services.ports import Begun
from app.services.told import Word

SUBJECTS: Final = "_subjects"
"""The answer of a draft that names whom else it is about; no question can have such an id."""
WHOM: Final = "_whom"
"""The answer of a draft that names for whom of several it is."""
SEVERAL: Final = "several"
"""The batch of a form that is opened for several at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which form is opened: about `subject`, or for an occurrence of `duty` (its subject `of` in `window`).

    `entry` is the one to correct. `batch` keeps the draft of an opening for several apart from that for one. `answers`
    are those that it begins with.
    """

    form: str = ""
    subject: str | None = None
    duty: str = ""
    of: str = ""
    window: str = ""
    entry: str = ""
    batch: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Last:
    """An earlier entry of the form about the same subject: when, by whom, in a few words."""

    at: datetime
    who: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The occurrence that a form is opened for."""

    title: Texts
    tier: Texts
    window: str
    due: datetime | None
    state: State


@dataclass(frozen=True, slots=True)
class FormView:
    """All that the page of a form shows. `answers` are JSON; `logic` and `facts` tell what is asked as they change.

    `subject` None with `pick` filled: the reader has to say first whom it is about (id → words). `label` is whom the
    page names at its head: the subject, or the one whom the event (a request) is about; `event` is that event. `again`
    are the answers of the last time that can be taken over.
    """

    form: Form
    logic: FormLogic
    facts: Facts
    entry_id: str
    answers: Mapping[str, Any]
    subject: str | None
    label: SubjectLabel | None
    label_type: str
    pick: Mapping[str, Texts | str]
    options: Mapping[str, Mapping[str, Texts | str]]
    last: tuple[Last, ...]
    event: Last | None
    why: Why | None
    place: Texts
    draft_at: datetime | None = None
    corrects: Entry | None = None
    key: str = ""
    again: Mapping[str, Any] = field(default_factory=dict)
    picking: Picking | None = None
    others: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    """Questions whose answers in records no page is told of, whoever reads it."""
    kept: frozenset[str] = frozenset()
    """Questions whose standing answer isn't for the reader: left empty it stays."""
    begun: Begun | None = None
    left: tuple[AnswerView, ...] = ()
    """Answers of the draft that have no question any more, as they were asked; `answers` keeps them under LEFT."""

    lacks: tuple[str, Texts] | None = None
    """The form that registers whom this one is about, and its title, where there is nobody yet; "" for one that the
    reader may not fill in."""

    def narrowed(self) -> dict[str, dict[str, Any]]:
        """Return by path (`repeat.question` in rows) what narrows lists, for a browser without a connection, as JSON.

        What stood in the corrected entry (`keep`) may stand in it again.
        """
        found: dict[str, dict[str, Any]] = {}
        before = {} if self.corrects is None else self.corrects.answers
        for item in self.form.fields:
            for repeat, one in (("", item), *((item.id, inner) for inner in item.columns)):
                ids = self.options.get(one.type.to or "", ())
                told = narrowing(self.logic, repeat, one, self.facts, ids, self.hidden)
                if told is not None:
                    old = None if repeat or one.id in self.kept else before.get(one.id)
                    keep = old if isinstance(old, list) else [old] if old else []
                    found[f"{repeat}.{one.id}" if repeat else one.id] = {**told, "keep": keep}
        return found

    def opening(self) -> dict[str, Any]:
        """Return by path what questions are opened by, for a browser without a connection, as JSON."""
        return opening(self.logic, self.facts, self.hidden)

    def fitting(self, path: str, answers: Mapping[str, Any]) -> dict[str, Texts | str]:
        """Return what a reference can be with these answers, id → words; `path` as a fault's `field`."""
        asked = None if self.picking is None else self.picking.field(path)
        if self.picking is None or asked is None:
            return {}
        options = self.options.get(asked.type.to or "", {})
        return {one: options[one] for one in self.picking.fitting(path, answers, self.facts, options)}
