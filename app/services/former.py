"""What a form said when an entry was made: the words of choices and questions that it has no more."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.answer_rows import rows_of
from app.domain.core.values import Kind
from app.domain.entry import Entry
from app.domain.kinds.form import Choice, Field, Form
from app.domain.kinds.form_versions import present
from app.services.answers import MADE
from app.services.live import Community, LiveCommunities

_ID = re.compile(r"[a-z][a-z0-9_]*")
_PICKED = frozenset({Kind.CHOICE, Kind.CHOICES})


async def in_its_words(
    live: LiveCommunities, community: Community, chain: Sequence[Entry], entry: Entry, form: Form | None
) -> Form | None:
    """Return the form with the choices that the entry names and the form has no more, as retired ones.

    Their titles are those of the revision in which one of the `chain` (the entry, and what it corrects, oldest first)
    was made, the latest that knows them; where none does any more, their ids. A form that is gone itself is the latest
    one that was.
    """
    if form is None:
        return await _gone(live, community, chain, entry)
    rows = [present(form, entry.answers)]
    found = form
    for revision in dict.fromkeys(one.revision for one in reversed(chain) if one.revision):
        if not _lacks(found.fields, rows):
            return found
        former = await live.former(community.place, revision)
        before = None if former is None else former.forms.get(form.id)
        if before is not None:
            found = replace(found, fields=_extended(found.fields, before.fields, rows))
    return replace(found, fields=_extended(found.fields, None, rows)) if _lacks(found.fields, rows) else found


async def _gone(
    live: LiveCommunities, community: Community, chain: Sequence[Entry], entry: Entry
) -> Form | None:
    for revision in dict.fromkeys(one.revision for one in reversed(chain) if one.revision):
        former = await live.former(community.place, revision)
        if former is not None and entry.form in former.forms:
            return await in_its_words(live, community, chain, entry, former.forms[entry.form])
    return None


async def as_read(
    live: LiveCommunities, community: Community, chain: Sequence[Entry], entry: Entry, form: Form | None
) -> Form | None:
    """Return the form in whose words an entry is read: as `in_its_words`, with the questions that it has no more.

    What was picked from choices of a question that is of another type by now has the words of then, too.
    """
    said = await in_its_words(live, community, chain, entry, form)
    if said is None:
        return None
    for revision in dict.fromkeys(one.revision for one in reversed(chain) if one.revision):
        answers = present(said, entry.answers)
        unknown = _unknown(said, answers)
        if not unknown and not any(_named(item, answers) for item in said.fields):
            break
        former = None
        if revision != community.regulation.revision:
            former = await live.former(community.place, revision)
        before = None if former is None else former.forms.get(said.id)
        if before is not None:
            known = {item.id: item for item in before.fields}
            fields = tuple(_of_then(item, known, answers) for item in said.fields)
            said = replace(said, fields=(*fields, *(known[name] for name in unknown if name in known)))
    return said


def _unknown(form: Form, answers: Mapping[str, Any]) -> list[str]:
    """Return what was answered to questions that a form doesn't have."""
    known = {item.id for item in form.fields}
    return [name for name in answers if name not in known and not name.startswith(MADE)]


def _named(item: Field, answers: Mapping[str, Any]) -> list[str]:
    """Return the ids of what may have been picked, where nothing can be picked any more; none where it can."""
    if item.type.kind in _PICKED:
        return []
    value = answers.get(item.id)
    given = value if isinstance(value, list) else [value]
    ids = [one for one in given if isinstance(one, str) and _ID.fullmatch(one)]
    return ids if len(ids) == len(given) else []


def _of_then(item: Field, known: Mapping[str, Field], answers: Mapping[str, Any]) -> Field:
    former = next((known[name] for name in item.names if name in known), None)
    picked = _named(item, answers)
    if former is None or not picked or former.type.kind not in _PICKED:
        return item
    if not set(picked) <= {choice.id for choice in former.choices}:
        return item
    return replace(item, type=former.type, choices=former.choices)


def _lacks(fields: Iterable[Field], rows: Iterable[Mapping[str, Any]]) -> bool:
    rows = list(rows)
    return any(
        _missing(item, rows) or (item.columns and _lacks(item.columns, _inside(item, rows)))
        for item in fields
    )


def _extended(
    fields: Iterable[Field], known: Iterable[Field] | None, rows: list[Mapping[str, Any]]
) -> tuple[Field, ...]:
    """Add the choices that are missing: those of the fields `known`, or with None all, by their ids."""
    before = {item.id: item for item in known or ()}
    found = []
    for item in fields:
        former = next((before[name] for name in item.names if name in before), None)
        titles = {} if former is None else {choice.id: choice.title for choice in former.choices}
        missing = [one for one in _missing(item, rows) if known is None or one in titles]
        gone = (Choice(one, titles.get(one, {"zh": one}), retired=True) for one in missing)
        inner = None if known is None else () if former is None else former.columns
        columns = _extended(item.columns, inner, _inside(item, rows)) if item.columns else item.columns
        found.append(replace(item, choices=(*item.choices, *gone), columns=columns))
    return tuple(found)


def _missing(item: Field, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what was picked and can't be found among the field's choices."""
    if item.type.kind not in _PICKED:
        return []
    known = {choice.id for choice in item.choices}
    given = (row.get(item.id) for row in rows)
    picked = [one for value in given for one in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys(one for one in picked if isinstance(one, str) and one and one not in known))


def _inside(item: Field, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [inner for row in rows for inner in rows_of(row.get(item.id))]
