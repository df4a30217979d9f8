"""Which answers may be missing though their question is required: it came into its form later, or left it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import questions

Times = tuple[tuple[date, date], ...]
"""Spans of days, each without its last, ascending."""

_EVER: Final = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Answers:
    """By name, the fields that nobody must fill, and the days on which one is asked that must be filled then."""

    left_out: frozenset[str] = frozenset()
    at_times: Mapping[str, Times] = field(default_factory=dict)


def answers_of(form: Form) -> Answers:
    """Return what may be missing in the entries of a form."""
    left_out: set[str] = set()
    at_times: dict[str, Times] = {}
    versions = form.versions or (form,)
    for question in questions(versions):
        asked = list(_asked(versions, question.asked))
        if not all(item.required for item, _ in asked):
            left_out.add(question.latest.id)
        elif any(one is None for one in question.asked) or any(item.type.may_be_unknown for item, _ in asked):
            # An overlay's field without a day of its own: nobody knows since when it has been asked.
            known = [span for item, span in asked if item.since or item.until or form.versions]
            at_times[question.latest.id] = tuple(known)
    return Answers(frozenset(left_out), at_times)


def together(answers: Iterable[Answers]) -> Answers:
    """Return what may be missing in the entries of several forms, of which a later one goes before."""
    found = list(answers)
    left_out = frozenset().union(*(one.left_out for one in found))
    return Answers(left_out, {name: times for one in found for name, times in one.at_times.items()})


def _asked(
    versions: Iterable[Form], asked: Iterable[Field | None]
) -> Iterator[tuple[Field, tuple[date, date]]]:
    for form, item in zip(versions, asked, strict=True):
        if item is not None:
            since = max(form.heading.since or _EVER[0], item.since or _EVER[0])
            yield item, (since, min(form.heading.until or _EVER[1], item.until or _EVER[1]))


def always(times: Times, since: date | None, until: date | None) -> bool:
    """Whether a question is asked on all days from `since` (inclusive) to `until` (exclusive)."""
    at, end = since or _EVER[0], until or _EVER[1]
    for begun, ended in times:
        if begun <= at:
            at = max(at, ended)
    return at >= end


def days_of(times: Times) -> str:
    """Return the days on which a question comes or goes, as people read them; empty where none is known."""
    found = {day for span in times for day in span} - set(_EVER)
    return ", ".join(day.isoformat() for day in sorted(found))
