"""Entries that only add files to what they take the place of: a photo that was attached later mends nothing."""

from collections.abc import Mapping

from app.domain.entry import RETRACTION, Entry

_MADE = "_"
"""What the names start with of answers that nobody gave: why a correction was made, and by whom."""


def only_adds_files(before: Entry, after: Entry) -> bool:
    """Whether an entry says the same as the one that it supersedes, and has files beyond the other's."""
    if RETRACTION in {before.form, after.form} or _facts(before) != _facts(after):
        return False
    said, says = (_given(entry.answers) for entry in (before, after))
    changed = [name for name in {*said, *says} if said.get(name) != says.get(name)]
    return bool(changed) and all(_grew(said.get(name), says.get(name)) for name in changed)


def _facts(entry: Entry) -> tuple[object, ...]:
    return entry.form, entry.at, entry.by, entry.subject, frozenset(entry.subjects)


def _given(answers: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in answers.items()
        if not name.startswith(_MADE) and value not in (None, "", [], ())
    }


def _grew(before: object, after: object) -> bool:
    """Whether an answer is a list of files with all that were there, and more."""
    was, now = _files(() if before is None else before), _files(after)
    return was is not None and now is not None and len(now) > len(was) and all(one in now for one in was)


def _files(answer: object) -> list[Mapping[str, object]] | None:
    """Return the files that an answer lists, None for any other answer."""
    if not isinstance(answer, list | tuple):
        return None
    found = [one for one in answer if isinstance(one, Mapping) and "sha256" in one]
    return found if len(found) == len(answer) else None
