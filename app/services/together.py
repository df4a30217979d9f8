"""Entries that one act recorded together: taking back the first takes the others back with it.

A change of a register is such an act: a split with its new record and the persons who go there, a household's move with
those who live in it. Which belong together their ids say (`act_id`), their doer and their moment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.entry import RETRACTION, Entry
from app.domain.identity import SPLIT

LONGEST_REASON: Final = 500
"""How many characters of a reason are kept."""

_FIRST: Final = re.compile(r"(reg-.+)-0")


def act_id(key: str, number: int) -> str:
    """Return the id of an act's entry; 0 is the first, which says what it is."""
    return f"reg-{key}-{number}"


@dataclass(frozen=True, slots=True)
class Together:
    """What is taken back with an act's first entry, and what stays: it was changed since, or others rest on it."""

    going: tuple[Entry, ...] = ()
    staying: tuple[Entry, ...] = ()


def made_with(entries: Mapping[str, Entry], first: Entry) -> Together:
    """Return what became of the entries that were recorded with `first`; of others than an act's first, nothing."""
    named = _FIRST.fullmatch(first.id)
    if named is None:
        return Together()
    others = tuple(_others(entries, first, named[1]))
    gone = {one.supersedes: one for one in entries.values() if one.supersedes is not None}
    ids = {first.id, *(one.id for one in others)}
    since = [
        one for one in entries.values() if one.id not in ids and one.id not in gone and one.form != RETRACTION
    ]
    part = first.answers.get("part") if first.form == SPLIT else None
    going: list[Entry] = []
    staying: list[Entry] = []
    for one in others:
        later = gone.get(one.id)
        if later is not None:
            if later.form != RETRACTION:
                staying.append(one)
            continue
        if part is not None and one.subject == part:
            (staying if any(_names(each, str(part)) for each in since) else going).append(one)
            continue
        going.append(one)
        if any(each.subject == one.subject and _changes(each, one) for each in since):
            staying.append(one)
    return Together(tuple(going), tuple(staying))


def retraction(
    old: Entry, entry_id: str, *, by: str, now: datetime, reason: str, revision: str | None
) -> Entry:
    """Return the entry `entry_id` by which `by` takes `old` back now; of a reason the first 500 characters."""
    return replace(
        old,
        id=entry_id,
        form=RETRACTION,
        by=by,
        at=now,
        recorded_at=now,
        answers={"reason": reason.strip()[:LONGEST_REASON]},
        revision=revision,
        source="app",
        supersedes=old.id,
    )


def taken_back(first: Entry, going: Iterable[Entry]) -> list[Entry]:
    """Return the retraction `first` of an act's first entry, and one like it for each entry that goes along."""
    return [
        first,
        *(
            replace(
                first,
                id=f"{first.id}-{number}",
                place=one.place,
                subject=one.subject,
                subjects=one.subjects,
                supersedes=one.id,
            )
            for number, one in enumerate(going, 1)
        ),
    ]


def _others(entries: Mapping[str, Entry], first: Entry, head: str) -> Iterator[Entry]:
    number = 1
    while (one := entries.get(f"{head}-{number}")) is not None:
        if (one.by, one.recorded_at) == (first.by, first.recorded_at):
            yield one
        number += 1


def _changes(later: Entry, one: Entry) -> bool:
    """Whether an entry says anew what the other said of its subject."""
    return later.form == one.form and later.at >= one.at and later.recorded_at > one.recorded_at


def _names(entry: Entry, subject: str) -> bool:
    """Whether an entry is about a subject, or refers to it."""
    answers = (one if isinstance(one, list) else [one] for one in entry.answers.values())
    return subject in {entry.subject, *entry.subjects} or any(subject in one for one in answers)
