"""Forms: the fields of an entry, with XLSForm's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.core.expressions import Expression
from app.domain.core.values import Type
from app.domain.kinds.common import Heading, Texts
from app.domain.kinds.register import Quality, SameWhen
from app.domain.kinds.versions import whole_of
from app.domain.problem import Where


class WhenHidden(StrEnum):
    """What happens to the answer of a field that isn't relevant: dropped at submission, or kept."""

    CLEAR = "clear"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be picked. A retired choice stays readable and can't be picked any more.

    `where` is a condition over the other answers: the choice is offered only while it is true (a cascade). One with
    `since` (inclusive) or `until` (exclusive) can be picked for entries of those days.
    """

    id: str
    title: Texts
    retired: bool = False
    where: Expression | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition that an answer (or the whole form) must meet, with the form's own message."""

    condition: Expression
    message: Texts
    id: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """What is worked out over the rows of a repeat: `function` of the column, of the rows for which `where` is true.

    `of` is the repeat's id. Marks are looked after as by every aggregate: n/a is left out, unknown makes it unknown.
    """

    of: str
    function: str
    column: str | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A headed section of questions; their answers stand among the form's own. `within` names the group around it.

    `folded`: closed on a phone until it is opened, or something in it needs an answer.
    """

    id: str
    title: Texts
    hint: Texts = field(default_factory=dict)
    within: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A question. `widget` is the id of a field type (a plugin); `type` its type in the core.

    `relevant`: asked only while true (unknown counts as not relevant). `calculation`: computed, never typed.
    `default` is an expression over the subject's described columns and earlier answers, or None.
    `carry_over`: "the same as last time" takes its answer over.
    `sensitive`: stored apart, shown to posts that may see it only, never in logs, URLs, messages; with `sensitive_for`
    of those posts to these roles alone.
    `options` are the field type's own, checked against the schema that it declares.
    `group` names the section that it stands in; the condition of that is part of `relevant` already.
    `where`, of a reference, is a condition over the columns of what can be picked; `answers.x` is another answer.
    A repeat has `columns`, the questions of each of its rows, from `least` to `most` rows; its answer is a list of
    mappings. `total` is what a question is worked out from that shows a total of such rows.
    `was` are the names that the question had before: what was answered under them is its answer. `since` (inclusive)
    and `until` (exclusive) bound the days of the entries that are asked it. `stands` is its place in its file.
    """

    id: str
    widget: str
    type: Type
    title: Texts
    hint: Texts = field(default_factory=dict)
    required: bool = False
    sensitive: bool = False
    sensitive_for: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    relevant: Expression | None = None
    when_hidden: WhenHidden = WhenHidden.CLEAR
    constraints: tuple[Constraint, ...] = ()
    calculation: Expression | None = None
    default: Expression | None = None
    read_only: bool = False
    carry_over: bool = True
    unit: Texts = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""
    where: Expression | None = None
    columns: tuple["Field", ...] = ()
    least: int = 0
    most: int | None = None
    total: Total | None = None

    was: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    stands: Where | None = field(default=None, compare=False)

    @property
    def is_worked_out(self) -> bool:
        """Whether its answer is worked out and never typed."""
        return self.calculation is not None or self.total is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which entries answer it, the present one first."""
        return (self.id, *self.was)


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `describes`: its entries are the history of that subject. `about`: the type of `subject`.

    `ends` names the date field that, once filled, ends the described subject on that day (exclusive). `span` names the
    fields of start and end for entries that last. `once_per` lists columns (and a calendar unit) of which the first
    entry counts. `filled_by` lists the roles that may submit it (empty: every post at the place); `label` the fields
    that name a described subject in lists, `group_by` the fields that group them (building), `plate` the field shown
    on the door plate. `same_when` and `quality` are of the register that it describes. `several`: one entry
    may be about several subjects, and counts for each. `groups` are the sections of fields, outer ones first.

    `versions` are the forms that followed one another under its id, the earliest first, each with the time in which it
    is asked in its heading; the form itself is then what its table has: the questions of all (`form_versions`).
    """

    heading: Heading
    fields: tuple[Field, ...]
    describes: str | None = None
    about: str | None = None
    ends: str | None = None
    span: tuple[str, str] | None = None
    once_per: tuple[str, ...] = ()
    checks: tuple[Constraint, ...] = ()
    filled_by: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()
    plate: str | None = None
    icon: str = "description"
    same_when: tuple[SameWhen, ...] = ()
    quality: Quality | None = None
    several: bool = False
    groups: tuple[Group, ...] = ()
    versions: tuple["Form", ...] = ()

    @property
    def id(self) -> str:
        """The form's id, which is the name of its table; its versions have it too."""
        return whole_of(self.heading.id)

    def field(self, field_id: str) -> Field | None:
        """Return the field of this id, or None."""
        return next((item for item in self.fields if item.id == field_id), None)

    @property
    def repeats(self) -> tuple[Field, ...]:
        """The fields whose answers are rows."""
        return tuple(item for item in self.fields if item.columns)

    def version_on(self, day: date) -> "Form":
        """Return the version by which an entry of `day` is read: the last that had begun, or the first of all."""
        begun = [one for one in self.versions if one.heading.since is None or one.heading.since <= day]
        return begun[-1] if begun else self.versions[0] if self.versions else self

    def on(self, day: date) -> "Form":
        """Return the form as an entry of `day` is asked: the version of that day, its questions and choices of the day.

        Where none has begun it is the first, where none holds any more the last that did.
        """
        form = self.version_on(day)
        fields = tuple(_on(item, day) for item in form.fields if _holds(item, day))
        return form if fields == form.fields else replace(form, fields=fields)


def _holds(dated: Field | Choice, day: date) -> bool:
    return (dated.since is None or dated.since <= day) and (dated.until is None or day < dated.until)


def _on(item: Field, day: date) -> Field:
    """Return a question with the choices that can't be picked on a day retired."""
    if all(choice.since is None and choice.until is None for choice in item.choices):
        return item
    choices = tuple(replace(one, retired=one.retired or not _holds(one, day)) for one in item.choices)
    return replace(item, choices=choices)
