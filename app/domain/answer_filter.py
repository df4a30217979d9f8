"""Narrowing entries by what they answer to one question: words in it, a range, one of several."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from app.domain.folding import fold


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """A condition on the answer to `field`; every part that is given must hold, and a missing answer holds none.

    With `missing` a missing answer fits, too; alone, it is what is wanted. Without any part, an answer is.

    `words` must all stand in the answer's text, without regard to case and width. `low` and `high` are inclusive; dates
    compare the answer's day as it was told. `one_of` are ids of choices or references, or true and false. `was` are the
    names under which earlier entries answer the question.
    """

    field: str
    words: str = ""
    low: Decimal | date | None = None
    high: Decimal | date | None = None
    one_of: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    missing: bool = False

    def fits(self, answers: Mapping[str, object]) -> bool:
        """Whether an entry's answers, as JSON data, fit, whatever the question was called in its day."""
        names = (self.field, *self.was)
        return self.holds(next((answers[name] for name in names if answers.get(name) is not None), None))

    def holds(self, answer: object) -> bool:
        """Whether an answer (JSON data, None for none) fits."""
        told = _scalars(answer)
        if not told:
            return self.missing
        if self.missing and not (self.one_of or self.words or self.low is not None or self.high is not None):
            return False
        if self.one_of and not set(self.one_of).intersection(told):
            return False
        text = fold("\n".join(told))
        if not all(word in text for word in fold(self.words).split()):
            return False
        return self._in_range(told[0])

    def _in_range(self, told: str) -> bool:
        like = self.low if self.low is not None else self.high
        if like is None:
            return True
        value = _day(told) if isinstance(like, date) else _number(told)
        if value is None:
            return False
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)  # type: ignore[operator]


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None


def _number(told: str) -> Decimal | None:
    try:
        found = Decimal(told)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _scalars(answer: object) -> list[str]:
    match answer:
        case None | "":
            return []
        case bool():
            return ["true" if answer else "false"]
        case Mapping():
            # By key: a database may give the parts of an answer in another order than they were told in.
            return [text for key in sorted(answer) for text in _scalars(answer[key])]
        case list() | tuple():
            return [text for item in answer for text in _scalars(item)]
        case _:
            return [str(answer)]
