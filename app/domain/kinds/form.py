"""Forms: the fields of an entry, with XLSForm's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.core.expressions import Expression
from app.domain.core.values import Type
from app.domain.kinds.common import Heading, Texts
from app.domain.kinds.register import Quality, SameWhen


class WhenHidden(StrEnum):
    """What happens to the answer of a field that isn't relevant: dropped at submission, or kept."""

    CLEAR = "clear"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be picked. A retired choice stays readable and can't be picked any more.

    `where` is a condition over the other answers: the choice is offered only while it is true (a cascade).
    """

    id: str
    title: Texts
    retired: bool = False
    where: Expression | None = None


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
    `sensitive`: stored apart, shown to posts that may see it only, never in logs, URLs, messages.
    `options` are the field type's own, checked against the schema that it declares.
    `group` names the section that it stands in; the condition of that is part of `relevant` already.
    `where`, of a reference, is a condition over the columns of what can be picked; `answers.x` is another answer.
    A repeat has `columns`, the questions of each of its rows, from `least` to `most` rows; its answer is a list of
    mappings. `total` is what a question is worked out from that shows a total of such rows.
    """

    id: str
    widget: str
    type: Type
    title: Texts
    hint: Texts = field(default_factory=dict)
    required: bool = False
    sensitive: bool = False
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

    @property
    def is_worked_out(self) -> bool:
        """Whether its answer is worked out and never typed."""
        return self.calculation is not None or self.total is not None


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `describes`: its entries are the history of that subject. `about`: the type of `subject`.

    `ends` names the date field that, once filled, ends the described subject on that day (exclusive). `span` names the
    fields of start and end for entries that last. `once_per` lists columns (and a calendar unit) of which the first
    entry counts. `filled_by` lists the roles that may submit it (empty: every post at the place); `label` the fields
    that name a described subject in lists, `group_by` the fields that group them (building), `plate` the field shown
    on the door plate. `same_when` and `quality` are of the register that it describes. `several`: one entry
    may be about several subjects, and counts for each. `groups` are the sections of fields, outer ones first.
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

    @property
    def id(self) -> str:
        """The form's id, which is the name of its table."""
        return self.heading.id

    def field(self, field_id: str) -> Field | None:
        """Return the field of this id, or None."""
        return next((item for item in self.fields if item.id == field_id), None)

    @property
    def repeats(self) -> tuple[Field, ...]:
        """The fields whose answers are rows."""
        return tuple(item for item in self.fields if item.columns)
