"""Answers of entries that last: their start and end told as one stretch of time, with its length."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.domain.core.values import Kind
from app.i18n import Translator
from app.services.answers import AnswerView
from app.services.books.views import EntryRow
from app.ui.pages.parts.saying import moment, said

_EMPTY: tuple[object, ...] = (None, "", [], False)


def told_of(t: Translator, row: EntryRow) -> dict[str, str]:
    """Return what an entry of a list says, by question, in the form's order; what says nothing is left out.

    Where the form says which two questions an entry lasts between, the second is told with the first.
    """
    answers = [answer for answer in row.answers if answer.value not in _EMPTY]
    stretch = _stretch(t, answers, row)
    if stretch is None or row.span is None:
        return {answer.field: said(t, answer) for answer in answers}
    first, last = row.span
    return {
        answer.field: stretch if answer.field == first else said(t, answer)
        for answer in answers
        if answer.field != last
    }


def _stretch(t: Translator, answers: Iterable[AnswerView], row: EntryRow) -> str | None:
    """Return from when to when an entry lasted; None where its form has no such questions, or one isn't answered."""
    if row.span is None:
        return None
    ends = {answer.field: answer for answer in answers if answer.kind is Kind.INSTANT}
    start, end = (_instant(ends.get(name)) for name in row.span)
    if start is None or end is None:
        return None
    is_of_its_day = start.astimezone(t.zone).date() == row.at.astimezone(t.zone).date()
    is_of_one_day = start.astimezone(t.zone).date() == end.astimezone(t.zone).date()
    begun = t.time(start) if is_of_its_day and is_of_one_day else moment(t, start)
    over = t.time(end) if is_of_one_day else moment(t, end)
    return t("entry-lasted", start=begun, end=over, length=length_words(t, end - start))


def length_words(t: Translator, length: timedelta) -> str:
    """Return a length of time in hours and minutes, one that is negative as nought."""
    minutes = max(0, round(length.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    parts = [t("wait-hours", n=hours)] if hours else []
    return " ".join([*parts, t("wait-minutes", n=rest)] if rest or not hours else parts)


def _instant(answer: AnswerView | None) -> datetime | None:
    if answer is None:
        return None
    try:
        found = datetime.fromisoformat(str(answer.value))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
