"""What an entry says, for people: its answers in the form's own words, sensitive ones left out where they must be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from app.domain.answer_rows import rows_of
from app.domain.core.values import Kind
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form, WhenHidden
from app.domain.kinds.form_versions import present
from app.i18n import LANGUAGES, Translator
from app.services.clearance import Clearance
from app.services.data_words import data_words
from app.services.window_words import window_words

_GIVEN: Final = 12
"""Decimals of an amount of money that has more than cents: it is shown as it was given."""

Word = Texts | str | date | datetime
"""A part of an answer: a title in several languages, or text, a day or an instant to be formatted."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A question and its answer; `hidden` for a sensitive one that this reader may not see."""

    field: str
    title: Texts
    words: tuple[Word, ...]
    unit: Texts
    hidden: bool = False
    sensitive: bool = False


Name = Any
"""A function from (type, id) to the words of a reference."""


def facts(form: Form, answers: Mapping[str, Any], name: Name, cleared: Clearance) -> tuple[Fact, ...]:
    """Return the form's questions with their answers; what isn't answered is left out."""
    found = []
    answers = present(form, answers)
    for item in form.fields:
        data = answers.get(item.id)
        if data is None or data == []:
            continue
        hidden = not cleared.reads(item)
        words = () if hidden else answer_words(item, data, name)
        found.append(Fact(item.id, item.title, words, item.unit, hidden, item.sensitive))
    return tuple(found)


def summary(form: Form, answers: Mapping[str, Any], name: Name) -> tuple[Word, ...]:
    """Return the few words that tell an entry in a list: free text where there is some, else what was picked.

    Sensitive answers never stand in it, nor what a form carries unseen (`when_hidden: keep`).
    """
    answers = present(form, answers)
    open_fields = [
        item for item in form.fields if not item.sensitive and answers.get(item.id) not in (None, [], "")
    ]
    written = [
        item
        for item in open_fields
        if item.type.kind is Kind.TEXT and item.when_hidden is not WhenHidden.KEEP
    ]
    picked = [item for item in open_fields if item.type.kind in {Kind.CHOICE, Kind.CHOICES}]
    words: list[Word] = []
    for item in [*picked[:3], *written[:1]]:
        words += answer_words(item, answers[item.id], name)
    return tuple(words[:6])


def answer_words(item: Field, data: Any, name: Name) -> tuple[Word, ...]:  # noqa: ANN401 - JSON is any of its types
    """Return an answer in words."""
    titles = {choice.id: choice.title or {"zh": choice.id} for choice in item.choices}
    match item.type.kind:
        case Kind.CHOICE | Kind.CHOICES:
            return tuple(titles.get(one, str(one)) for one in (data if isinstance(data, list) else [data]))
        case Kind.REF | Kind.REFS:
            return tuple(name(item.type.to, one) for one in (data if isinstance(data, list) else [data]))
        case Kind.BOOLEAN:
            return ({"zh": "是", "en": "Yes", "es": "Sí"} if data else {"zh": "否", "en": "No", "es": "No"},)
        case Kind.DATA if item.columns:
            return tuple(
                word
                for row in rows_of(data)
                for one in item.columns
                if row.get(one.id) not in (None, [], "")
                for word in answer_words(one, row[one.id], name)
            )
        case Kind.DATA:
            return data_words(data)
        case Kind.PERIOD:
            return (_period(str(data)),)
        case Kind.DATE | Kind.INSTANT:
            return (_moment(str(data)),)
        case Kind.MONEY:
            return (_amount(str(data)),)
        case Kind.NUMBER:
            text = str(data)
            return ({"zh": text, "es": text.replace(".", ",")} if "." in text else text,)
        case _:
            return (str(data),)


@lru_cache(maxsize=200)
def _period(label: str) -> Texts:
    return {language: window_words(Translator(language), label) for language in LANGUAGES}


@lru_cache(maxsize=500)
def _amount(text: str) -> Word:
    """Return an amount of money as each language writes it; as it stands, where it isn't one."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return text
    if not amount.is_finite():
        return text
    return {language: Translator(language).money(amount, _GIVEN) for language in LANGUAGES}


def _moment(text: str) -> Word:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text
