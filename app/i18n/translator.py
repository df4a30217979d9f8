"""One reader's language: messages, texts of definitions, problems, dates and numbers."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction

from app.domain.kinds.common import Texts
from app.domain.problem import Problem
from app.i18n import formats
from app.i18n.catalogue import LANGUAGES, PSEUDO, SOURCE, bundle
from app.i18n.pseudo import CLOSE, OPEN
from app.i18n.traditional import HANT, traditional

log = logging.getLogger(__name__)

Value = str | int | float | Decimal | Fraction | date | datetime
"""What a message's slot takes. Numbers get the reader's grouping: pass a year or a code as text."""

_HTML_LANGUAGES = {"zh": "zh-CN", HANT: HANT, "en": "en", "es": "es", PSEUDO: "en-x-pseudo"}


@dataclass(frozen=True, slots=True)
class ProblemText:
    """A problem in the reader's words: what is wrong, what to do, and where (empty when nowhere)."""

    what: str
    remedy: str
    where: str
    gap: str = " "
    """What stands between two sentences of the language."""

    @property
    def said(self) -> str:
        """What is wrong and what to do, one sentence after the other."""
        return self.gap.join(part for part in (self.what, self.remedy) if part)

    def __str__(self) -> str:
        """Return it on one line, as the command line prints it."""
        return f"{self.where}: {self.said}" if self.where else self.said


@dataclass(frozen=True, slots=True)
class Translator:
    """Speaks `language`; instants are shown in `zone` (UTC unless told otherwise)."""

    language: str
    zone: tzinfo = UTC

    @property
    def html_lang(self) -> str:
        """The value of the document's `lang` attribute."""
        return _HTML_LANGUAGES[self.language]

    def at(self, zone: tzinfo) -> "Translator":
        """Return the same reader looking at a place in `zone`."""
        return replace(self, zone=zone)

    def __call__(self, message: str, /, **values: Value) -> str:
        """Return the message of this id (`id` or `id.attribute`), its slots filled.

        A message that the language lacks comes from the source language; one that nobody has gives a neutral text,
        never the id, and a line in the log.
        """
        shown = {name: self._value(value) for name, value in values.items()}
        for language in (self.language, SOURCE):
            text = _format(language, message, shown)
            if text is not None:
                return text
        log.error("no text for message %s", message)
        return _format(self.language, "text-missing", {}) or ""

    def has(self, message: str) -> bool:
        """Whether a text of this id exists."""
        return any(_format(language, message, {}) is not None for language in (self.language, SOURCE))

    def text(self, texts: Texts | str) -> str:
        """Return a definition's text: the reader's language, then the source language, then any.

        In traditional characters the source's is converted. A text without languages stays as it is: it may be a name.
        """
        if isinstance(texts, str):
            found = texts
        elif self.language == HANT and HANT not in texts and texts.get(SOURCE):
            found = traditional(texts[SOURCE])
        else:
            wanted = (self.language, SOURCE, *LANGUAGES, *sorted(texts))
            found = next((texts[language] for language in wanted if texts.get(language)), "")
        return self._marked(found)

    def wording(self, text: str) -> str:
        """Return words of a regulation that stand in its own language alone (a clause), in the reader's characters."""
        return traditional(text) if self.language == HANT else text

    def problem(self, problem: Problem) -> ProblemText:
        """Return a problem's words: messages `problem-<code>` and its attribute `remedy`."""
        message = f"problem-{problem.code}"
        values: dict[str, Value] = {**problem.values, "suggestion": problem.suggestion or ""}
        if not self.has(message):
            log.error("no text for problem %s", problem.code)
            message, values = "problem-unknown", {"code": problem.code}
        remedy = self(f"{message}.remedy", **values) if self.has(f"{message}.remedy") else ""
        if problem.suggestion:
            remedy = self.sentences(remedy, self("problem-suggestion", suggestion=problem.suggestion))
        where = str(problem.where) if problem.where else ""
        return ProblemText(self(message, **values), remedy, where, self._gap)

    def country(self, code: str) -> str:
        """Return what a country is called, by its ISO 3166 code; a code that is none as it stands."""
        return self._marked(formats.country(code, self.language))

    # ---- dates and numbers ----------------------------------------------------------------------------------------
    def day(self, value: date) -> str:
        """Return a day without its year: 11月22日."""
        return self._marked(formats.day(self._local(value), self.language))

    def day_of_year(self, value: date) -> str:
        """Return a day with its year: 2026年11月22日."""
        return self._marked(formats.day_of_year(self._local(value), self.language))

    def weekday(self, value: date) -> str:
        """Return a day with its weekday: 11月22日 星期日."""
        return self._marked(formats.weekday(self._local(value), self.language))

    def month(self, value: date) -> str:
        """Return a month with its year: 2026年11月."""
        return self._marked(formats.month(self._local(value), self.language))

    def time(self, value: datetime) -> str:
        """Return the time of day in the reader's zone: 10:42."""
        return formats.clock_time(value.astimezone(self.zone))

    def moment(self, value: datetime) -> str:
        """Return day and time in the reader's zone: 11月22日 10:42."""
        return f"{self.day(value)} {self.time(value)}"

    def last(self, value: datetime) -> str:
        """Return the end of a term as people say it: 11月22日 where it ends with that day, else 11月22日 10:42."""
        at = value.astimezone(self.zone)
        return self.day(at.date() - timedelta(days=1)) if at.time() == time.min else self.moment(value)

    def near_day(self, value: date, today: date) -> str:
        """Return 今天, 明天 or 昨天, else the day, with its year where that isn't today's."""
        value = self._local(value)
        words = {0: "day-today", 1: "day-tomorrow", -1: "day-yesterday"}
        word = words.get((value - today).days)
        if word is not None:
            return self(word)
        return self.day(value) if value.year == today.year else self.day_of_year(value)

    def number(self, value: Decimal | Fraction | float, decimals: int = 2, least: int = 0) -> str:
        """Return a number with at most so many decimals, and `least` at all events: 3,482, 86.5, −0.5."""
        return formats.number(value, self.language, decimals, least)

    def money(self, value: Decimal | Fraction | float, decimals: int = 2) -> str:
        """Return an amount of money: always with two decimals, 3,482.00, with at most so many where it has more."""
        return formats.number(value, self.language, max(decimals, formats.CENTS), formats.CENTS)

    def listed(self, items: Iterable[str]) -> str:
        """Return an enumeration: 低保、残疾."""
        return formats.listed(items, self.language)

    def dotted(self, *items: str) -> str:
        """Return the items with a middle dot between them, the empty ones left out."""
        return formats.dotted(items, self.language)

    def sentences(self, *items: str) -> str:
        """Return sentences one after the other: Chinese leaves no space behind its full stop."""
        return self._gap.join(item for item in items if item)

    # ---- inside ---------------------------------------------------------------------------------------------------
    @property
    def _gap(self) -> str:
        return "" if self.language.startswith("zh") else " "

    def _local(self, value: date) -> date:
        return value.astimezone(self.zone).date() if isinstance(value, datetime) else value

    def _marked(self, text: str) -> str:
        return f"{OPEN}{text}{CLOSE}" if self.language == PSEUDO and text else text

    def _value(self, value: Value) -> str | int | float | Decimal:
        if isinstance(value, datetime):
            return formats.day(self._local(value), self.language) + " " + self.time(value)
        if isinstance(value, date):
            return formats.day(value, self.language)
        if isinstance(value, Fraction):
            return self.number(value)
        return value


def _format(language: str, message: str, values: Mapping[str, object]) -> str | None:
    """Return the formatted message, or None when `language` has no such message."""
    name, _, attribute = message.partition(".")
    made = bundle(language).find(name)
    if made is None or not made.has_message(name):
        return None
    found = made.get_message(name)
    pattern = found.attributes.get(attribute) if attribute else found.value
    if pattern is None:
        return None
    text, faults = made.format_pattern(pattern, dict(values))
    if faults and values:
        log.error("message %s lacks a value: %s", message, type(faults[0]).__name__)
    return str(text)
