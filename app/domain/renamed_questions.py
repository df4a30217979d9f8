"""Which question of a form looks like one that it had before under another name.

Nobody says so but whoever renamed it; the two are proposed where nothing else they could be stands beside them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field


@dataclass(frozen=True, slots=True)
class Renamed:
    """A question that is new by its name, and the one that is gone which it may be; each with its title."""

    question: str
    was: str
    title: Texts = field(default_factory=dict)
    former: Texts = field(default_factory=dict)


def renamed(gone: Iterable[Field], new: Iterable[Field]) -> tuple[Renamed, ...]:
    """Return the questions of `new` that may be one of `gone` renamed, in the order of the form.

    Two stand against each other if the one can take the other's answers, and either they alone have the same title or,
    of those that are left, they alone are of their type.
    """
    before, after = (
        [item for item in items if not item.is_worked_out and item.since is None and item.until is None]
        for items in (gone, new)
    )
    found = {}
    for alike in (_titled_alike, _takes):
        for one, other in tuple(_alone(before, after, alike)):
            before.remove(one)
            after.remove(other)
            found[other.id] = Renamed(other.id, one.id, other.title, one.title)
    return tuple(found.values())


def _alone(
    before: Sequence[Field], after: Sequence[Field], alike: Callable[[Field, Field], bool]
) -> Iterator[tuple[Field, Field]]:
    """Yield the pairs that are alike, and neither of whose two is like a third."""
    for other in after:
        ones = [one for one in before if alike(one, other)]
        if len(ones) == 1 and sum(alike(ones[0], item) for item in after) == 1:
            yield ones[0], other


def _titled_alike(one: Field, other: Field) -> bool:
    return _takes(one, other) and bool(_said(one) & _said(other))


def _said(item: Field) -> set[tuple[str, str]]:
    return {(language, "".join(title.split()).casefold()) for language, title in item.title.items()}


def _takes(one: Field, other: Field) -> bool:
    """Whether what was answered to `one` is an answer to `other`, as far as their types say."""
    return (
        one.type == other.type
        and one.sensitive == other.sensitive
        and {choice.id for choice in one.choices} <= {choice.id for choice in other.choices}
        and {item.id for item in one.columns} <= {item.id for item in other.columns}
    )
