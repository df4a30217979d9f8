"""Who is who: subjects of which two records were made and that are one, and entries that belong to another subject.

Both are said by entries of the system's own forms, whatever the type of subject:

- `subjects_merged`: of the type `of`, `absorbed` was `kept` all along. What names the one names the other.
- `subject_split`: the `entries` (one id a line) that name `origin` are about `part`. Corrections of them go with them.
- `subjects_distinct`: `one` and `other` look alike and are two. It changes nothing but what is proposed.

Nothing is rewritten: an entry keeps what it said, and withdrawing the merge or the split gives back what was before.
All follows from the set of entries: of what contradicts itself, the one recorded first counts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.domain.entry import Entry
from app.domain.membership import Joined, members

MERGED: Final = "subjects_merged"
SPLIT: Final = "subject_split"
DISTINCT: Final = "subjects_distinct"
FORMS: Final = frozenset({MERGED, SPLIT})
"""The forms whose entries change what others are about."""

Who = tuple[str, str]
"""A subject: its type and its id."""

Move = tuple[str, str, str]
"""Of the type, from this subject to that one."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the merges and splits come to. Empty, it is false and leads nowhere.

    `leads` gives, for each absorbed subject, the one that stands for it; `groups` those that are one, the one that
    stands first, then in the order in which they hold; `joined` how they came to be one, step by step (see
    `app.domain.membership.history_of`). `moves` are by entry.
    `merges` gives the entries that put a group together, `splits` those that moved an entry.
    """

    leads: Mapping[Who, str] = field(default_factory=dict)
    groups: Mapping[Who, tuple[str, ...]] = field(default_factory=dict)
    moves: Mapping[str, tuple[Move, ...]] = field(default_factory=dict)
    merges: Mapping[Who, tuple[str, ...]] = field(default_factory=dict)
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joined: Mapping[Who, Joined] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was merged or split."""
        return bool(self.leads or self.moves)

    def lead(self, of: str, subject: str) -> str:
        """Return the subject that stands for this one: itself, unless it was absorbed."""
        return self.leads.get((of, subject), subject)

    def group(self, of: str, subject: str) -> tuple[str, ...]:
        """Return all ids that mean this subject, the one that stands for them first."""
        standing = self.lead(of, subject)
        return self.groups.get((of, standing), (standing,))

    def joined_of(self, of: str) -> dict[str, Joined]:
        """Return the records of a type that are one, by the subject that stands for them."""
        return {subject: joined for (type_, subject), joined in self.joined.items() if type_ == of}

    def merged_by(self, of: str, subject: str) -> tuple[str, ...]:
        """Return the ids of the entries by which others are this subject, or it is another; none for most."""
        return self.merges.get((of, self.lead(of, subject)), ())

    def moved(self, of: str, subject: str, moves: Iterable[Move]) -> str:
        """Return the subject that an entry with these moves is about where it names this one, before merges."""
        found = subject
        for type_, origin, part in moves:
            if type_ == of and (found == origin or self.lead(of, found) == self.lead(of, origin)):
                found = part
        return found

    def differing(self, other: "Identity") -> set[Who]:
        """Return the subjects that stand for others, or are stood for, in one of the two alone."""
        both = {*self.leads, *other.leads}
        found = {who for who in both if self.leads.get(who) != other.leads.get(who)}
        return found | {(of, one.lead(of, subject)) for of, subject in found for one in (self, other)}


NOTHING: Final = Identity()


def identity_of(entries: Iterable[Entry]) -> Identity:
    """Return what the standing entries among `entries` say; those of other forms are passed over."""
    leads: dict[Who, str] = {}
    moves: dict[str, tuple[Move, ...]] = {}
    merges: dict[Who, tuple[str, ...]] = {}
    splits: dict[str, tuple[str, ...]] = {}
    joined: dict[Who, Joined] = {}
    for entry in sorted(entries, key=lambda one: (one.recorded_at, one.id)):
        if entry.form == MERGED:
            _merge(entry, leads, merges, joined)
        elif entry.form == SPLIT:
            of, origin, part = (_text(entry, name) for name in ("of", "origin", "part"))
            if of and origin and part:
                for moved in moved_ids(entry):
                    moves[moved] = (*moves.get(moved, ()), (of, origin, part))
                    splits[moved] = (*splits.get(moved, ()), entry.id)
    groups = {who: members(record) for who, record in joined.items()}
    return Identity(leads, groups, moves, merges, splits, joined)


def _merge(
    entry: Entry,
    leads: dict[Who, str],
    merges: dict[Who, tuple[str, ...]],
    joined: dict[Who, Joined],
) -> None:
    """Put two groups together; two that are one already stay as they are."""
    of, kept, absorbed = (_text(entry, name) for name in ("of", "kept", "absorbed"))
    first, second = (leads.get((of, one), one) for one in (kept, absorbed))
    if not of or not first or not second or first == second:
        return
    absorbing = joined.pop((of, second), second)
    joined[of, first] = Joined(joined.get((of, first), first), absorbing, entry.at)
    merges[of, first] = (*merges.get((of, first), ()), *merges.pop((of, second), ()), entry.id)
    leads.update({(of, one): first for one in members(absorbing)})


def moved_ids(split: Entry) -> tuple[str, ...]:
    """Return the ids of the entries that a split names."""
    return tuple(line.strip() for line in _text(split, "entries").splitlines() if line.strip())


def _text(entry: Entry, name: str) -> str:
    given = entry.answers.get(name)
    return given if isinstance(given, str) else ""


def chain_of(entry: Entry, known: Callable[[str], Entry | None]) -> Iterator[str]:
    """Yield the ids of the entry and of those that it corrects, one after another."""
    seen: set[str] = set()
    one: Entry | None = entry
    while one is not None and one.id not in seen:
        seen.add(one.id)
        yield one.id
        one = None if one.supersedes is None else known(one.supersedes)


def distinct_of(entries: Iterable[Entry], of: str, identity: Identity = NOTHING) -> set[frozenset[str]]:
    """Return the pairs of subjects of a type that somebody has said to be two, each by the one that stands for it."""
    found = set()
    for entry in entries:
        if entry.form == DISTINCT and _text(entry, "of") == of:
            pair = frozenset(identity.lead(of, _text(entry, name)) for name in ("one", "other"))
            if len(pair) > 1:
                found.add(pair)
    return found
