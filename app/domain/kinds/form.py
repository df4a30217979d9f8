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
    """An answer that can be picked. A retired choice stays readable and can't be picked any more."""

    id: str
    title: Texts
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition that an answer (or the whole form) must meet, with the form's own message."""

    condition: Expression
    message: Texts
    id: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A question. `widget` is the id of a field type (a plugin); `type` its type in the core.

    `relevant`: asked only while true (unknown counts as not relevant). `calculation`: computed, never typed.
    `default` is an expression over the subject's described columns and earlier answers, or None.
    `carry_over`: "the same as last time" takes its answer over.
    `sensitive`: stored apart, shown to posts that may see it only, never in logs, URLs, messages.
    `options` are the field type's own, checked against the schema that it declares.
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


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `describes`: its entries are the history of that subject. `about`: the type of `subject`.

    `ends` names the date field that, once filled, ends the described subject on that day (exclusive). `span` names the
    fields of start and end for entries that last. `once_per` lists columns (and a calendar unit) of which the first
    entry counts. `filled_by` lists the roles that may submit it (empty: every post at the place); `label` the fields
    that name a described subject in lists, `group_by` the fields that group them (building), `plate` the field shown
    on the door plate. `same_when` and `quality` are of the register that it describes.
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

    @property
    def id(self) -> str:
        """The form's id, which is the name of its table."""
        return self.heading.id

    def field(self, field_id: str) -> Field | None:
        """Return the field of this id, or None."""
        return next((item for item in self.fields if item.id == field_id), None)
