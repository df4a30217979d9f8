"""From a cell to what a form's field is given: as people write it in a table, in whatever way the program stored it.

Nothing is guessed. What could mean two things, or has lost something on its way, is refused with a reason.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.core.values import Kind
from app.domain.kinds.form import Field
from app.services.workbooks.workbook import EPOCH, CellValue

Find = Callable[[str, str], Sequence[str]]
"""Returns the ids of what a text can mean, of a type (`household`, `worker`, `role`, a level of places)."""

_EXACT: Final = 10**15
"""From here on a program's numbers have lost digits: it keeps fifteen."""
_EXPONENT: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{2,3}")
_SERIAL: Final = range(1, 2_958_466)
"""The serial numbers of days until the year 9999."""
_SERIAL_TEXT: Final = re.compile(r"[1-7][0-9]{4}(?:\.[0-9]+)?")
"""How the serial number of a day of the years 1927 to 2119 looks where a program made a text of it."""
_DAY: Final = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_COMPACT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_LAST_YEAR: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_MOMENT: Final = re.compile(r"(.*?)[T\s]\s*([0-9]{1,2})\s*[:时]\s*([0-9]{1,2})\s*分?(?::[0-9]{1,2})?")
_CLOCK: Final = re.compile(r"([0-9]{1,2})\s*[:时]\s*([0-9]{1,2})\s*分?(?::([0-9]{1,2}))?")
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(\.[0-9]+)?")
_BETWEEN: Final = re.compile(r"[、，,;；/|\n]+")
_YES: Final = frozenset(["是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "1", "sí", "si", "s", "v"])
_NO: Final = frozenset(["否", "无", "没有", "不是", "×", "✗", "✘", "x", "n", "no", "false", "0", "f"])
_NOTHING: Final = frozenset(["无", "没有", "none", "no", "ninguno", "ninguna", "-", "–", "—", "/", "无。"])
_MONTHS: Final = 12


class CellError(Exception):
    """A cell that can't be read: `code` of a problem, the figures of its text, what may have been meant."""

    def __init__(self, code: str, suggestion: str | None = None, **values: str | int) -> None:
        """Keep all."""
        super().__init__(code)
        self.code = code
        self.suggestion = suggestion
        self.values = values


@dataclass(frozen=True, slots=True)
class Reading:
    """What cells are read with: how references are found, the zone of their times, the day of serial number 0.

    `words` are a table's own words for choices: by field, folded, to the choice's id. `titles` keeps, by field,
    what was made of the choices' titles.
    """

    find: Find
    zone: ZoneInfo
    epoch: date = EPOCH
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: dict[str, Mapping[str, Sequence[str]]] = field(default_factory=dict, repr=False, compare=False)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return a text as it is compared: compatibility forms made one, case folded, blanks left out."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def raw_answer(item: Field, cell: CellValue, reading: Reading) -> object:  # noqa: C901 - one case a kind
    """Return what the field's type is given for a cell; None for an empty one.

    Raises CellError: E460 a number that lost digits, E461 text that became a date, E462 not a number, date, … or one
    that can be read in two ways (`reason`), E463 none of the choices, E464 nothing is called so, E465 several are.
    """
    if cell is None:
        return None
    match item.type.kind:
        case Kind.DATE:
            return day_of(cell, reading).isoformat()
        case Kind.INSTANT:
            return moment_of(cell, reading).isoformat()
        case Kind.TIME:
            return _time(cell).isoformat()
        case Kind.INTEGER | Kind.NUMBER | Kind.MONEY:
            return _number(item, cell)
        case Kind.BOOLEAN:
            return _boolean(cell)
        case Kind.CHOICE:
            return _choice(item, text_of(cell), reading)
        case Kind.CHOICES:
            return _several(text_of(cell), lambda text: _choice(item, text, reading))
        case Kind.REF:
            return found_one(item.type.to or "", text_of(cell), reading.find)
        case Kind.REFS:
            return _several(text_of(cell), lambda text: found_one(item.type.to or "", text, reading.find))
        case _:
            return text_of(cell)


def text_of(cell: CellValue) -> str:
    """Return a cell as text. Raises CellError E460, E461."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case int() | float():
            if abs(cell) >= _EXACT:
                raise CellError("E460")
            return _plain(cell)
        case str():
            if _EXPONENT.fullmatch(cell):
                raise CellError("E460")
            return cell
        case None:
            return ""
        case _:
            raise CellError("E461")


def _plain(number: float) -> str:
    """Return a number without exponent, with the fifteen digits that a program keeps."""
    if number == int(number):
        return str(int(number))
    return f"{number:.15f}".rstrip("0") if abs(number) < 1 else f"{number:.15g}"


# ---- days and times ------------------------------------------------------------------------------------------------
def day_of(cell: CellValue, reading: Reading) -> date:
    """Return the day that a cell says. Raises CellError E462."""
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool() | None:
            raise CellError("E462", reason="day")
        case int() | float():
            if cell == int(cell) and (compact := _COMPACT.fullmatch(str(int(cell)))):
                return _date(*compact.groups())
            if int(cell) in _SERIAL:
                return reading.epoch + timedelta(days=int(cell))
        case str():
            return _day_in(unicodedata.normalize("NFKC", cell).strip())
    raise CellError("E462", reason="day")


def _day_in(text: str) -> date:
    if timed := _MOMENT.fullmatch(text):  # a day that a program wrote with its midnight
        text = timed.group(1).strip()
    if found := _DAY.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(*found.groups())
    if found := _LAST_YEAR.fullmatch(text):
        first, second, year = found.groups()
        if int(first) <= _MONTHS and int(second) <= _MONTHS and first != second:
            raise CellError("E462", reason="two_days")
        day, month = (first, second) if int(second) <= _MONTHS else (second, first)
        return _date(year, month, day)
    if _SERIAL_TEXT.fullmatch(text):  # the number behind a date, or anything else of five digits
        raise CellError("E462", reason="serial")
    raise CellError("E462", reason="day")


def _date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError("E462", reason="day") from None


def moment_of(cell: CellValue, reading: Reading) -> datetime:
    """Return the instant that a cell says, in the reading's zone; a bare day is its start. Raises CellError E462."""
    found: datetime | None = None
    match cell:
        case datetime():
            found = cell
        case float() if cell != int(cell) and int(cell) in _SERIAL:
            found = datetime.combine(reading.epoch, time()) + timedelta(seconds=round(cell * 86400))
        case str() if parts := _MOMENT.fullmatch(unicodedata.normalize("NFKC", cell).strip()):
            day, hour, minute = parts.groups()
            try:
                found = datetime.combine(_day_in(day.strip()), time(int(hour), int(minute)))
            except ValueError:
                raise CellError("E462", reason="moment") from None
        case _:
            try:
                found = datetime.combine(day_of(cell, reading), time())
            except CellError as fault:
                told = fault.values.get("reason")
                raise CellError("E462", reason=told if told in {"two_days", "serial"} else "moment") from None
    return found.replace(tzinfo=reading.zone) if found.tzinfo is None else found


def _time(cell: CellValue) -> time:
    match cell:
        case datetime():
            return cell.time().replace(microsecond=0)
        case time():
            return cell.replace(microsecond=0)
        case float() if 0 <= cell < 1:
            return (datetime.combine(EPOCH, time()) + timedelta(seconds=round(cell * 86400))).time()
        case str() if found := _CLOCK.fullmatch(unicodedata.normalize("NFKC", cell).strip()):
            try:
                hour, minute, second = found.groups()
                return time(int(hour), int(minute), int(second or 0))
            except ValueError:
                pass
    raise CellError("E462", reason="time")


# ---- numbers, yes and no -------------------------------------------------------------------------------------------
def _number(item: Field, cell: CellValue) -> object:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if abs(cell) >= _EXACT:
            raise CellError("E460")
        return int(cell) if item.type.kind is Kind.INTEGER and cell == int(cell) else _plain(cell)
    if not isinstance(cell, str):
        raise CellError("E462", reason="number")
    text = "".join(unicodedata.normalize("NFKC", cell).split())
    for unit in sorted(filter(None, map(folded, item.unit.values())), key=len, reverse=True):
        if text.casefold().endswith(unit):
            text = text[: -len(unit)]
            break
    if grouped := _GROUPED.fullmatch(text):
        if grouped.group(1) is None and text.count(",") == 1:
            raise CellError("E462", reason="two_numbers")  # one thousand, or a decimal comma
        text = text.replace(",", "")
    if re.fullmatch(r"[+-]?[0-9]+(?:[.,][0-9]+)?", text) is None:
        raise CellError("E462", reason="number")
    return text


def _boolean(cell: CellValue) -> bool:
    if isinstance(cell, bool):
        return cell
    word = folded(text_of(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError("E462", reason="boolean")


# ---- choices and references ----------------------------------------------------------------------------------------
def _choice(item: Field, text: str, reading: Reading) -> str:
    wanted = folded(text)
    own = reading.words.get(item.id, {}).get(wanted)
    if own is not None:
        return own
    if item.id not in reading.titles:
        reading.titles[item.id] = _titles(item)
    found = reading.titles[item.id].get(wanted, ())
    if len(found) == 1:
        return found[0]
    if found:
        raise CellError("E465")
    if item.sensitive:  # a suggestion would tell what was written
        raise CellError("E463")
    shown = [title for choice in item.choices for title in (choice.id, *choice.title.values()) if title]
    near = get_close_matches(text, shown, 1)
    raise CellError("E463", near[0] if near else None)


def _titles(item: Field) -> dict[str, tuple[str, ...]]:
    """Return the ids of a question's choices by what they are called, folded."""
    found: dict[str, tuple[str, ...]] = {}
    for choice in item.choices:
        for title in {folded(title) for title in (choice.id, *choice.title.values()) if title}:
            found[title] = (*found.get(title, ()), choice.id)
    return found


def _several(text: str, read: Callable[[str], str]) -> list[str]:
    """Return each of several, whatever stands between them; one whose own name has such a character in it is tried."""
    if folded(text) in _NOTHING:
        try:
            return [read(text)]
        except CellError:
            return []
    try:
        return [read(text)]
    except CellError:
        parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        if len(parts) < 2:  # noqa: PLR2004 - there is nothing to take apart
            raise
        return list(dict.fromkeys(read(part) for part in parts))


def found_several(to: str, text: str, find: Find) -> list[str]:
    """Return the ids of whom a cell names, one or several. Raises CellError E464, E465."""
    return _several(text, lambda one: found_one(to, one, find))


def found_one(to: str, text: str, find: Find) -> str:
    """Return the id of what is called so. Raises CellError E464, E465."""
    found = find(to, text)
    if len(found) != 1:
        raise CellError("E465" if found else "E464")
    return found[0]
