"""Classes: a column of every subject over time, the first fitting case deciding."""

from dataclasses import dataclass, replace

from app.domain.core.expressions import Expression
from app.domain.core.values import Kind, Type
from app.domain.kinds.common import Heading, Texts
from app.domain.kinds.form_versions import merged


@dataclass(frozen=True, slots=True)
class ClassCase:
    """One class and when a subject belongs to it."""

    id: str
    condition: Expression
    title: Texts


@dataclass(frozen=True, slots=True)
class Classification:
    """A class definition over the spans of `of`; strictest first. Unknown before the first true case: unknown.

    `versions` are the definitions that followed one another under its id, each with its time in its heading; the cases
    of the whole are then those of all, which are what its column may say.
    """

    heading: Heading
    of: str
    first_of: tuple[ClassCase, ...]
    versions: tuple["Classification", ...] = ()

    @property
    def parts(self) -> tuple["Classification", ...]:
        """The definitions that decide, the earliest first: its versions, or itself."""
        return self.versions or (self,)


def whole_class(versions: tuple[Classification, ...], heading: Heading) -> Classification:
    """Return the class of all versions under the `heading` of the whole. A class alone is its own whole."""
    last = versions[-1]
    if len(versions) == 1:
        return last
    cases = merged([one.first_of for one in versions])
    return replace(last, heading=replace(heading, since=None, until=None), first_of=cases, versions=versions)


def class_type(cases: tuple[str, ...]) -> Type:
    """Return the type of a class's column: its cases in order, strictest first; unknown and n/a can occur."""
    return Type(Kind.CHOICE, cases, ordered=True, may_be_unknown=True, may_be_na=True)
