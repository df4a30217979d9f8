"""A repeat on the page: its rows, spare ones among them, each a sheet of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nicegui import ui

from app.domain.answer_checks import MOST_ROWS
from app.domain.answer_rows import rows_of
from app.domain.kinds.form import Field
from app.domain.submission import Asked
from app.ui.pages.forms.host import Questions
from app.ui.widgets import Question, RowBox, RowsBox

SPARE: Final = 2
"""How many rows are built ahead, so that they can be added while the connection is away."""

MakeQuestions = Callable[[dict[str, Any], Callable[[], str]], Questions]
"""Makes the sheet of a row: from its answers, and from what tells the path to them."""


@dataclass(slots=True)
class _Row:
    """A row as it is drawn; `blank` is what it started with."""

    key: str
    box: RowBox
    sheet: Questions
    blank: Mapping[str, Any]


class Rows:
    """The rows of one repeat, a question of the sheet `around`."""

    def __init__(self, around: Questions, item: Field, label: str, make: MakeQuestions) -> None:
        """Keep what they are."""
        self._around = around
        self._item = item
        self._label = label
        self._make = make
        self._used: list[_Row] = []
        self._spare: list[_Row] = []
        self._number = 0

    # ---- drawing --------------------------------------------------------------------------------------------------
    def draw(self) -> ui.element:
        """Draw the answered rows and spare ones; return what holds them."""
        most = MOST_ROWS if self._item.most is None else self._item.most
        self._box = RowsBox(self._label, most, self._heard)
        self._used = [self._row(answers, spare=False) for answers in self._answered()]
        self._ahead()
        return self._box

    def _answered(self) -> list[dict[str, Any]]:
        """Return the answers of the rows, of which the rows drawn from them are the owners from now on."""
        found = [dict(row) for row in rows_of(self._around.values.get(self._item.id))]
        if found:
            self._around.values[self._item.id] = found
        return found

    def _row(self, answers: dict[str, Any], *, spare: bool) -> _Row:
        self._number += 1
        key = f"{self._item.id}-{self._number}"
        with self._box:
            box = RowBox(key, answers, spare=spare)
        sheet = self._make(answers, lambda: self._path(key))
        with box:
            sheet.draw()
        return _Row(key, box, sheet, dict(answers))

    def _path(self, key: str) -> str:
        keys = [row.key for row in self._used]
        number = keys.index(key) + 1 if key in keys else len(keys) + 1
        return f"{self._item.id}.{number}."

    def _ahead(self) -> None:
        """Build spare rows until there are enough."""
        view = self._around.host.view
        most = MOST_ROWS if self._item.most is None else self._item.most
        while len(self._spare) < min(SPARE, most - len(self._used)):
            answers = view.logic.new_row(self._item.id, self._around.host.answers, view.facts)
            self._spare.append(self._row(answers, spare=True))

    # ---- answering ------------------------------------------------------------------------------------------------
    def _heard(self, act: str, key: str) -> None:
        """Take in that a row was added or taken away."""
        row = next((one for one in (*self._used, *self._spare) if one.key == key), None)
        if row is None:
            return

        def change() -> None:
            if act == "add" and row in self._spare:
                self._spare.remove(row)
                self._used.append(row)
                row.box.used()
                self._refresh(row)
            elif act == "drop":
                (self._spare if row in self._spare else self._used).remove(row)
                row.box.delete()
            self._around.values[self._item.id] = [one.sheet.values for one in self._used]

        self._around.host.changing(change)
        self._ahead()

    def _refresh(self, row: _Row) -> None:
        """Let a row that nobody has touched start with what a row starts with by now."""
        view = self._around.host.view
        now = view.logic.new_row(self._item.id, self._around.host.answers, view.facts)
        if row.sheet.values == row.blank and now != row.blank:
            self._put(row, now)

    def take(self, answers: object) -> None:
        """Show answers that have changed by themselves, row by row; there are as many as before."""
        rows = rows_of(answers)
        for row, new in zip(self._used, rows, strict=False):
            self._put(row, dict(new))
        self._around.values[self._item.id] = [one.sheet.values for one in self._used]

    @staticmethod
    def _put(row: _Row, answers: Mapping[str, Any]) -> None:
        own = row.sheet.values
        changed = [name for name in {*own, *answers} if own.get(name) != answers.get(name)]
        own.clear()
        own.update({name: value for name, value in answers.items() if value is not None})
        for name in changed:
            row.sheet.redraw(name)

    # ---- showing --------------------------------------------------------------------------------------------------
    def show(self, asked: Sequence[Asked]) -> None:
        """Show in each row what is asked there; in spare ones what a blank one asks."""
        host = self._around.host
        for number, (row, own) in enumerate(zip(self._used, asked, strict=False), 1):
            row.box.say(host.t("rows-row", label=self._label, n=number))
            row.sheet.show(own, numbered=False)
        for ahead, row in enumerate(self._spare, len(self._used) + 1):
            row.box.say(host.t("rows-row", label=self._label, n=ahead))
            blank = host.view.logic.asked(
                {**host.answers, self._item.id: [row.sheet.values]}, host.view.facts
            ).rows[self._item.id]
            row.sheet.show(blank[0], numbered=False)

    # ---- faults ---------------------------------------------------------------------------------------------------
    def clear_faults(self) -> None:
        """Take all faults away."""
        for row in self._used:
            row.sheet.clear_faults()

    def fault(self, path: str, sentence: str) -> Question | None:
        """Say beside a row's question (`3.age`) what is wrong."""
        number, _, name = path.partition(".")
        at = int(number) - 1 if number.isdigit() else -1
        return self._used[at].sheet.fault(name, sentence) if 0 <= at < len(self._used) else None
