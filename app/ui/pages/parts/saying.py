"""Answers in the reader's words."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from app.domain.core.json_values import to_json
from app.domain.core.values import Kind, Value
from app.domain.kinds.form import Field
from app.i18n import Translator
from app.services.answers import AnswerView
from app.services.data_words import data_words
from app.services.labels import SubjectLabel
from app.services.window_words import window_words
from app.services.workbooks.entry import IMPORTED

_GIVEN = 12
"""Decimals of an answer: it is shown as it was given."""
_WORKED_OUT = 4


def said(t: Translator, answer: AnswerView, decimals: int = _GIVEN) -> str:
    """Return an answer as text: choices and references by name, dates and numbers as the reader writes them."""
    if answer.rows:
        return " / ".join(row_words(t, number, row) for number, row in enumerate(answer.rows, 1))
    if answer.words:
        return t.listed(t.text(word) for word in answer.words)
    shown = _plain(t, answer.kind, answer.value, decimals)
    unit = t.text(answer.unit) if answer.unit else ""
    return f"{shown} {unit}" if unit and shown else shown


def row_words(t: Translator, number: int, row: tuple[AnswerView, ...]) -> str:
    """Return a row of a repeat: what comes first says which it is, the others stand behind their questions."""
    answered = [one for one in row if one.value not in (None, "", [])]
    behind = (f"{t.text(one.title)} {said(t, one)}".strip() for one in answered[1:])
    return f"{number}. {t.dotted(*(said(t, one) for one in answered[:1]), *behind)}"


def worked_out(t: Translator, field: Field, value: Value) -> str:
    """Return a value that a form works out, as text; empty while it can't be."""
    data = to_json(value)
    titles = {choice.id: choice.title or {"zh": choice.id} for choice in field.choices}
    chosen = data if isinstance(data, list) else [data]
    words = tuple(titles[one] for one in chosen if isinstance(one, str) and one in titles)
    return said(t, AnswerView(field.id, field.title, field.type.kind, data, words, field.unit), _WORKED_OUT)


def _plain(t: Translator, kind: Kind | None, value: object, decimals: int) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return t("answer-yes") if value else t("answer-no")
    if isinstance(value, list | tuple) and kind is not Kind.DATA:
        return t.listed(_plain(t, kind, item, decimals) for item in value)
    if kind is Kind.DATA or isinstance(value, list | tuple | dict):
        return t.listed(t.text(word) for word in data_words(value))
    with suppress(ValueError, InvalidOperation):
        if kind is Kind.DATE:
            return t.day_of_year(date.fromisoformat(str(value)))
        if kind is Kind.PERIOD:
            return window_words(t, str(value))
        if kind is Kind.INSTANT:
            return moment(t, datetime.fromisoformat(str(value)))
        if kind is Kind.MONEY:
            return t.money(Decimal(str(value)), decimals)
        if kind in {Kind.INTEGER, Kind.NUMBER}:
            return t.number(Decimal(str(value)), decimals)
    return str(value)


def doer(t: Translator, name: str) -> str:
    """Return who did something, that it came in from a file that names nobody, or that nobody is told."""
    return t("entry-imported") if name == IMPORTED else name or t("year-anonymous")


def moment(t: Translator, at: datetime) -> str:
    """Return an instant with its year: ledgers are read years later."""
    return f"{t.day_of_year(at)} {t.time(at)}"


def named(label: SubjectLabel | None) -> str:
    """Return a subject's name, empty for nobody."""
    return "" if label is None else label.name
