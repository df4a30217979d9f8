"""Which column of a sheet answers which question: proposed from titles, kept as a file or beside a job.

Names that begin with an underscore aren't fields: `_at` when it was, `_by` who did it, `_subject` whom it is about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final

from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import questions
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.i18n import LANGUAGES, Translator
from app.services.workbooks.cells import folded
from app.services.workbooks.flat import mappable
from app.services.workbooks.workbook import Book, Row, Sheet, letters, place

AT: Final = "_at"
BY: Final = "_by"
SUBJECT: Final = "_subject"
FAULTS: Final = "_faults"
"""The column of a returned workbook that says what was wrong; it is passed over."""
SPECIAL: Final = (AT, BY, SUBJECT)

_LOOKED: Final = 30
"""How many rows are looked at for the titles of the columns."""
_SHORTEST: Final = 2
_NAMED: Final = 10
_MARKS: Final = "*＊:：?？"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the columns of a workbook are. `columns`: title → field, a special name, or None for one passed over.

    `key` are the fields by which a described subject is known again; `words` the table's own words for choices, by
    field; `sheets` the sheets that are read, all visible ones when empty.
    """

    form: str
    columns: Mapping[str, str | None]
    key: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what a file of it holds; what is left out is empty."""
        found: dict[str, Any] = {"form": self.form, "columns": dict(self.columns)}
        found |= {"key": list(self.key)} if self.key else {}
        found |= {"words": {name: dict(words) for name, words in self.words.items()}} if self.words else {}
        return found | ({"sheets": list(self.sheets)} if self.sheets else {})


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet with its row of titles, and what each column (from 0) is; columns that aren't mapped are left out."""

    sheet: Sheet
    header: Row
    columns: Mapping[int, str]

    def rows(self) -> Iterable[Row]:
        """Return the rows below the titles."""
        return (row for row in self.sheet.rows if row.number > self.header.number)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a workbook is read; `notices` are warnings: what is passed over."""

    book: Book
    mapping: ColumnMapping
    sheets: tuple[SheetPlan, ...]
    notices: tuple[Problem, ...]


# ---- reading a mapping ---------------------------------------------------------------------------------------------
def mapping_from(data: object, form: Form, path: str = "") -> ColumnMapping:
    """Return the mapping that a file says. Raises ProblemError E459 with what is wrong."""
    if not isinstance(data, Mapping) or not isinstance(data.get("columns"), Mapping):
        raise _wrong(path, "shape", "columns")
    if data.get("form", form.id) != form.id:
        raise _wrong(path, "form", str(data.get("form")))
    known = {item.id for item in (*form.fields, *mappable(form))}
    columns: dict[str, str | None] = {}
    for title, name in data["columns"].items():
        if name is not None and name not in known and name not in SPECIAL:
            raise _wrong(path, "field", str(name), known)
        columns[str(title)] = None if name is None else str(name)
    key = _names(data, "key", path)
    for name in key:
        if name not in known:
            raise _wrong(path, "field", name, known)
    return ColumnMapping(form.id, columns, key, _words(data, form, path), _names(data, "sheets", path))


def _names(data: Mapping[str, Any], name: str, path: str) -> tuple[str, ...]:
    found = data.get(name)
    if found is None:
        return ()
    if not isinstance(found, list):
        raise _wrong(path, "shape", name)
    return tuple(map(str, found))


def _words(data: Mapping[str, Any], form: Form, path: str) -> dict[str, dict[str, str]]:
    given = data.get("words")
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise _wrong(path, "shape", "words")
    found: dict[str, dict[str, str]] = {}
    for name, words in given.items():
        item = form.field(str(name))
        if item is None or not isinstance(words, Mapping):
            raise _wrong(path, "field", str(name), {one.id for one in form.fields})
        choices = {choice.id for choice in item.choices}
        for word, choice in words.items():
            if str(choice) not in choices:
                raise _wrong(path, "choice", str(choice), choices)
            found.setdefault(item.id, {})[folded(str(word))] = str(choice)
    return found


def _wrong(path: str, reason: str, name: str, known: Iterable[str] = ()) -> ProblemError:
    near = get_close_matches(name, list(known), 1)
    values = {"reason": reason, "name": name[:80]}
    return ProblemError(Problem("E459", place(path, "", 0), values, suggestion=near[0] if near else None))


# ---- proposing and planning ----------------------------------------------------------------------------------------
def plan_of(book: Book, form: Form, regulation: Regulation, mapping: ColumnMapping | None = None) -> Plan:
    """Return how the workbook is read; without a mapping, as the titles of its columns propose.

    Raises ProblemError: E458 no sheet has a row of titles that fits, E466 two columns of a sheet are the same field.
    """
    titles = _titles(form, regulation)
    former = {_bare(title): name for title, name in _former(form) if _bare(title) not in titles}
    wanted = () if mapping is None else mapping.sheets
    sheets: list[SheetPlan] = []
    notices: list[Problem] = []
    columns: dict[str, str | None] = dict(mapping.columns) if mapping else {}
    for sheet in book.sheets:
        if not sheet.rows or (wanted and sheet.name not in wanted) or _is_answers(sheet):
            continue
        if sheet.hidden and sheet.name not in wanted:
            notices.append(Problem("W450", place(book.name, sheet.name, 0)))
            continue
        found = _planned(sheet, titles, former, None if mapping is None else mapping.columns)
        if found is None:
            notices.append(Problem("W451", place(book.name, sheet.name, 0)))
            continue
        sheets.append(found[0])
        columns |= {title: name for title, name in found[1].items() if title not in columns}
    if not sheets:
        raise ProblemError(Problem("E458", place(book.name, "", 0), {"titles": _examples(form)}), *notices)
    faults = [fault for one in sheets for fault in _twice(book, one)]
    if faults:
        raise ProblemError(*faults)
    notices += [fault for one in sheets for fault in (*_passed_over(book, one), *_unseen(book, one))]
    own = mapping or ColumnMapping(form.id, columns, default_key(form))
    own = ColumnMapping(form.id, columns, own.key or default_key(form), own.words, own.sheets)
    return Plan(book, own, tuple(sheets), tuple(notices))


def default_key(form: Form) -> tuple[str, ...]:
    """Return the fields by which a described subject is known again: its door plate in its group, else its name."""
    if form.describes is None:
        return ()
    return (*form.group_by, form.plate) if form.plate else form.label


def _examples(form: Form) -> str:
    needed = [item for item in mappable(form) if item.required] or list(mappable(form))
    return ", ".join(item.title.get("zh") or item.id for item in needed[:4])


def _titles(form: Form, regulation: Regulation) -> dict[str, str]:
    """Return what each column may be called, folded → field or special name; the fields' own titles come first."""
    found: dict[str, str] = {}
    for item in mappable(form):
        for title in (item.id, *item.title.values()):
            found.setdefault(_bare(title), item.id)
    for language in LANGUAGES:
        t = Translator(language)
        for name, title in (
            (AT, t("workbook-column-at")),
            (BY, t("workbook-column-by")),
            (SUBJECT, t("workbook-column-subject")),
            (FAULTS, t("workbook-column-faults")),
        ):
            found.setdefault(_bare(title), name)
    found |= {name: name for name in SPECIAL if name not in found}
    if form.about and not form.describes:
        for title in _subject_titles(form.about, regulation):
            found.setdefault(_bare(title), SUBJECT)
    found.pop("", None)
    return found


def _former(form: Form) -> Iterable[tuple[str, str]]:
    """Yield what questions were called before they were renamed, with their names now."""
    now = {item.id for item in mappable(form)}
    for item in mappable(form):
        yield from ((name, item.id) for name in item.was)
    for question in questions(form.versions) if form.versions else ():
        if question.latest.id in now:
            for asked in filter(None, reversed(question.asked)):
                yield from ((title, question.latest.id) for title in (asked.id, *asked.title.values()))


def _subject_titles(about: str, regulation: Regulation) -> Iterable[str]:
    """Yield what a column may be called that says whom a form is about: the plate's title, the name's."""
    yield about
    for form in regulation.forms.values():
        if form.describes == about:
            for name in filter(None, (form.plate, *form.label)):
                item = form.field(name)
                yield name
                yield from item.title.values() if item else ()


def _bare(title: str) -> str:
    return folded(title).strip(_MARKS)


def title_of(value: object) -> str:
    """Return a title as it stands in a sheet, its line breaks made blanks."""
    return "" if value is None else " ".join(str(value).split())


def _planned(
    sheet: Sheet,
    titles: Mapping[str, str],
    former: Mapping[str, str],
    given: Mapping[str, str | None] | None,
) -> tuple[SheetPlan, dict[str, str | None]] | None:
    """Return the sheet with the row of titles that fits best, and what its titles mean."""
    best: tuple[int, Row, dict[int, str | None]] | None = None
    for row in sheet.rows[:_LOOKED]:
        names = _names_of(row, titles, former, given)
        score = sum(name is not None for name in names.values())
        if score and (best is None or score > best[0]):
            best = score, row, names
    if best is None:
        return None
    _, header, names = best
    columns = {at: name for at, name in names.items() if name is not None and name != FAULTS}
    meant = {title_of(header.value(at)): name for at, name in names.items() if name != FAULTS}
    return SheetPlan(sheet, header, columns), meant


def _names_of(
    row: Row,
    titles: Mapping[str, str],
    former: Mapping[str, str],
    given: Mapping[str, str | None] | None,
) -> dict[int, str | None]:
    shown = {at: title_of(value) for at, value in enumerate(row.values) if isinstance(value, str)}
    kept = {folded(title): name for title, name in (given or {}).items()}
    found: dict[int, str | None] = {}
    for at, title in shown.items():
        if folded(title) in kept:
            found[at] = kept[folded(title)]
        elif titles.get(_bare(title)) == FAULTS or given is None:
            found[at] = titles.get(_bare(title))
        else:
            found[at] = None
    if given is None:
        _take_former(shown, former, found)
        _take_near(shown, titles, found)
    return found


def _take_former(shown: Mapping[int, str], former: Mapping[str, str], found: dict[int, str | None]) -> None:
    """Give columns the question that was called so before; one that has its column under today's title keeps it."""
    for at, title in shown.items():
        name = former.get(_bare(title))
        if found[at] is None and name is not None and name not in found.values():
            found[at] = name


def _take_near(shown: Mapping[int, str], titles: Mapping[str, str], found: dict[int, str | None]) -> None:
    """Give columns without an exact title the field that only they resemble: one title holds the other.

    Only in a row that has an exact title: any sentence above a table could hold a word of the form.
    """
    taken = {name for name in found.values() if name is not None}
    if not taken:
        return
    near: dict[int, str] = {}
    for at, title in shown.items():
        bare = _bare(title)
        if found[at] is not None or len(bare) < _SHORTEST:
            continue
        alike = {
            name
            for known, name in titles.items()
            if name not in taken and name not in (AT, BY, FAULTS) and len(known) >= _SHORTEST
            and (known in bare or bare in known)
        }  # fmt: skip
        if len(alike) == 1:
            near[at] = alike.pop()
    names = list(near.values())
    found |= {at: name for at, name in near.items() if names.count(name) == 1}


def _twice(book: Book, one: SheetPlan) -> Iterable[Problem]:
    first: dict[str, int] = {}
    for at, name in sorted(one.columns.items()):
        if name in first:
            values = {"title": title_of(one.header.value(at)), "first": letters(first[name])}
            yield Problem("E466", place(book.name, one.sheet.name, one.header.number, at), values)
        first.setdefault(name, at)


def _passed_over(book: Book, one: SheetPlan) -> Iterable[Problem]:
    for at, value in enumerate(one.header.values):
        title = title_of(value)
        if title and at not in one.columns and not _is_faults(title):
            yield Problem("W452", place(book.name, one.sheet.name, one.header.number, at), {"title": title})


def _unseen(book: Book, one: SheetPlan) -> Iterable[Problem]:
    """Yield what is read though its program doesn't show it: who looks at the sheet doesn't know of it."""
    rows = [number for number in one.sheet.hidden_rows if number > one.header.number]
    columns = [column for column in one.sheet.hidden_columns if column in one.columns]
    if rows:
        values: dict[str, str | int] = {"n": len(rows), "rows": _few(map(str, rows), len(rows))}
        yield Problem("W453", place(book.name, one.sheet.name, rows[0]), values)
    if columns:
        named = _few((letters(column) for column in columns), len(columns))
        yield Problem("W454", place(book.name, one.sheet.name, 0), {"n": len(columns), "columns": named})


def _few(names: Iterable[str], of: int) -> str:
    told = ", ".join(islice(names, _NAMED))
    return told if of <= _NAMED else f"{told}, …"


def _is_answers(sheet: Sheet) -> bool:
    """Whether it is the sheet of a blank list that tells which answers there are."""
    return any(sheet.name == Translator(language)("workbook-answers") for language in LANGUAGES)


def _is_faults(title: str) -> bool:
    return any(
        _bare(title) == _bare(Translator(language)("workbook-column-faults")) for language in LANGUAGES
    )


def fields_without_column(form: Form, sheets: Sequence[SheetPlan]) -> tuple[Field, ...]:
    """Return the fields that no column of any sheet answers."""
    there = {name for one in sheets for name in one.columns.values()}
    return tuple(item for item in mappable(form) if item.id not in there)
