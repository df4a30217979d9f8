"""Guessed answers: what a form takes for an answer, found by trying, so that somebody invented can have one.

A form's own conditions tell what an answer may be. Photos, signatures and ways aren't guessed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from app.domain.core.values import Kind
from app.domain.field_type import FieldTypes
from app.domain.kinds.form import Field, Form
from app.domain.period import period_of
from app.domain.regulation import Regulation
from app.domain.submission import Facts, FormLogic
from app.domain.zones import date_of
from app.services.scenario.answers import check_digit

_ROUNDS: Final = 4
"""Answers open further questions; more than this deep nobody asks."""
_WHOLE: Final = (1, 2, 0, 3, 5, 10, 20, 60, 100, 1000)
_DAYS_BACK: Final = (0, 365, 15_000, -30, -365)
_UNITS: Final = ("year", "half_year", "quarter", "month", "week")
_CARD: Final = "11000019{year}0307{serial}"
"""An area that is a province as a whole: numbers are given out in its districts alone, so this one is nobody's."""


@dataclass(slots=True)
class Around:
    """What guesses go by: the regulation, when things are said and when it is, names, and what there is already."""

    regulation: Regulation
    types: FieldTypes
    since: datetime
    now: datetime
    names: Sequence[str]
    known: dict[str, list[str]] = field(default_factory=dict)
    """Who and what there is, by type of subject."""

    def name(self, number: int) -> str:
        """Return one of the names, in turn."""
        return self.names[number % len(self.names)]

    @property
    def day(self) -> date:
        """The day on which things are said, in the place's zone."""
        return date_of(self.regulation.calendar.zone, self.since)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it is guessed: for the `number`-th of its kind, at a place, with the choices that are offered."""

    around: Around
    item: Field
    offered: Sequence[str] | None
    number: int
    place: str


def answers(
    around: Around, form: Form, number: int, by: str, place: str, given: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return answers that the form takes, `given` ones among them; None where some can't be guessed.

    `number` makes one differ from the next; `by` says them, at `place`.
    """
    asked = form.on(around.day)
    logic = FormLogic(asked, around.regulation.calendar, around.types)
    facts = Facts(around.since, around.now, by, place)
    found: dict[str, Any] = {**logic.defaults(facts, given), **given}
    for _ in range(_ROUNDS):
        relevant = logic.asked(found, facts)
        waiting = [
            item
            for item in asked.fields
            if item.id in relevant.relevant and item.id not in found and _wanted(asked, item)
        ]
        for item in waiting:
            question = _Asked(around, item, relevant.offered.get(item.id), number, place)
            guess = _first(question, logic, facts, found)
            if guess is not None:
                found[item.id] = guess
        if not waiting:
            break
    checked = logic.check(found, facts)
    return None if checked.faults else dict(checked.answers)


def _wanted(form: Form, item: Field) -> bool:
    return not item.is_worked_out and (item.required or item.id in (*form.label, *form.group_by))


def _first(question: _Asked, logic: FormLogic, facts: Facts, found: Mapping[str, Any]) -> object:
    """Return the first answer that the question takes, None without one.

    What it starts with comes first: it may say what an answer guessed before it tells (`id_card.born`).
    """
    name = question.item.id
    begins = () if question.item.default is None else (logic.defaults(facts, found).get(name),)
    guesses = _CANDIDATES.get(question.item.type.kind, _nothing)(question)
    for one in (*filter(None, begins), *guesses):
        faults = logic.check({**found, name: one}, facts).faults
        if not any((fault.problem.field or "").partition(".")[0] == name for fault in faults):
            return one
    return None


# ---- by type
def _nothing(_question: _Asked) -> Iterator[object]:
    return iter(())


def _choice(question: _Asked) -> Iterator[object]:
    offered = question.offered
    open_ = [one.id for one in question.item.choices if not one.retired] if offered is None else offered
    yield from turned(open_, question.number)


def _choices(question: _Asked) -> Iterator[object]:
    return ([one] for one in _choice(question))


def _reference(question: _Asked) -> Iterator[object]:
    """Yield what a reference can be: subjects that there are, places of a level, the nearest first."""
    around, to = question.around, question.item.type.to or ""
    tree = around.regulation.places
    known = around.known.get(to) or [
        one.id for one in tree.within(around.regulation.place.id) if one.level == to
    ]
    if to == "role":
        known = list(around.regulation.roles)
    here = [one for one in known if tree.contains(question.place, one) or tree.contains(one, question.place)]
    yield from here
    yield from turned([one for one in known if one not in here], question.number)


def _references(question: _Asked) -> Iterator[object]:
    return ([one] for one in _reference(question))


def _day(question: _Asked) -> Iterator[object]:
    return ((question.around.day - timedelta(days=days)).isoformat() for days in _DAYS_BACK)


def _period(question: _Asked) -> Iterator[object]:
    around = question.around
    return (period_of(around.day, unit, around.regulation.calendar).label for unit in _UNITS)


def _text(question: _Asked) -> Iterator[object]:
    number, widget = question.number, question.item.widget
    own = {"phone": f"154001380{number % 100:02}", "id_card": _card(number)}
    if widget in own:
        yield own[widget]
    else:
        yield from (f"{number + 101}", question.around.name(number))


_CANDIDATES: Final[Mapping[Kind, Callable[[_Asked], Iterator[object]]]] = {
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.BOOLEAN: lambda _: iter((False, True)),
    Kind.INTEGER: lambda _: iter(_WHOLE),
    Kind.NUMBER: lambda _: map(str, _WHOLE),
    Kind.MONEY: lambda _: map(str, _WHOLE),
    Kind.REF: _reference,
    Kind.REFS: _references,
    Kind.DATE: _day,
    Kind.TIME: lambda _: iter(("09:00", "14:30")),
    Kind.INSTANT: lambda question: iter((question.around.since.isoformat(),)),
    Kind.PERIOD: _period,
    Kind.TEXT: _text,
}


def turned(these: Sequence[str], number: int) -> list[str]:
    """Return the same, begun at another one for each number."""
    start = number % len(these) if these else 0
    return [*these[start:], *these[:start]]


def _card(number: int) -> str:
    """Return a resident's card number of nobody: an invented day of birth and serial, with its right check digit."""
    digits = _CARD.format(year=50 + number % 40, serial=f"{number % 1000:03}")
    return digits + check_digit(digits)
