"""What the ledger is narrowed to as a file: the same rows, all pages, the chosen columns, without sensitive answers."""

from datetime import datetime

from nicegui import ui

from app.domain.core.values import Kind
from app.services.answers import AnswerView
from app.services.books.views import EntryRow, LedgerViews, Option, Wanted, csv_line
from app.services.money import Money
from app.services.workbooks.export import Table
from app.services.workbooks.workbook import CellValue
from app.ui.attachments import TYPES
from app.ui.frame import Action, button
from app.ui.pages.parts.asking import asking
from app.ui.pages.parts.saying import doer, named, said
from app.ui.session import Session
from app.ui.widgets import box, text

MOST = 200_000
"""How many rows a file has at most."""
_DIGITS = 15
"""The digits that a spreadsheet's numbers keep."""


class LedgerExport:
    """Asks how, and gives the file."""

    def __init__(self, session: Session, views: LedgerViews) -> None:
        """Read for one session."""
        self._session = session
        self._views = views
        self._t = session.t

    def ask(self, wanted: Wanted, columns: tuple[Option, ...]) -> None:
        """Offer xlsx, csv, and the way to printed registers; `columns` are the answers to take along."""
        t = self._t
        lists = self._session.services.lists
        with asking(t("ledger-export")) as dialog:
            text(t("export-ledger-what"), "muted")

            async def csv() -> None:
                dialog.close()
                await self._csv(wanted, columns)

            async def xlsx() -> None:
                dialog.close()
                await self._xlsx(wanted, columns)

            with box("gb-act-row"):
                if lists is not None:
                    button(Action(t("export-as-xlsx"), on_click=xlsx, icon="download"), "act").mark("xlsx")
                button(Action(t("export-as-csv"), on_click=csv, icon="download"), "line").mark("csv")
                if "/export" in self._session.paths:
                    button(Action(t("export-title"), href="/export", icon="print"), "line")
                button(Action(t("action-cancel"), on_click=dialog.close), "quiet")

    async def _csv(self, wanted: Wanted, columns: tuple[Option, ...]) -> None:
        lines = ["\ufeff", csv_line(self._heads(columns))]  # the mark tells spreadsheets that this is UTF-8
        async for row in self._views.rows(self._session.ref, wanted):
            lines.append(csv_line([_text(cell) for cell in self._cells(row, columns)]))
            if len(lines) > MOST:
                break
        ui.download.content("".join(lines), f"{self._t('ledger-title')}.csv", TYPES["csv"])

    async def _xlsx(self, wanted: Wanted, columns: tuple[Option, ...]) -> None:
        rows = []
        async for row in self._views.rows(self._session.ref, wanted):
            rows.append(self._cells(row, columns))
            if len(rows) > MOST:
                break
        table = Table(self._t("ledger-title"), tuple(self._heads(columns)), tuple(rows))
        lists = self._session.services.lists
        if lists is not None:
            ui.download.content(lists.writers.xlsx(table), f"{self._t('ledger-title')}.xlsx", TYPES["xlsx"])

    def _heads(self, columns: tuple[Option, ...]) -> list[str]:
        t = self._t
        found = [t("ledger-at"), t("ledger-recorded"), t("ledger-form"), t("ledger-plate"), t("ledger-about")]
        found += [t.text(option.title) for option in columns] if columns else [t("ledger-says")]
        return [*found, t("ledger-place"), t("ledger-by"), t("ledger-state")]

    def _cells(self, row: EntryRow, columns: tuple[Option, ...]) -> tuple[CellValue, ...]:
        t = self._t
        answers = {answer.field: answer for answer in row.answers}
        found: list[CellValue] = [self._moment(row.at), self._moment(row.recorded_at)]
        found += [t.text(row.title), row.about.plate if row.about else "", named(row.about)]
        if columns:
            found += [self._answer(answers.get(option.id)) for option in columns]
        else:
            found.append(t.dotted(*filter(None, (said(t, answer) for answer in row.answers))))
        return (*found, t.text(row.place), doer(t, row.by), t(f"entry-state-{row.state}"))

    def _moment(self, at: datetime) -> datetime:
        return at.astimezone(self._t.zone).replace(tzinfo=None, second=0, microsecond=0)

    def _answer(self, answer: AnswerView | None) -> CellValue:
        if answer is None:
            return None
        number = answer.value
        amount = Money.of(number) if answer.kind is Kind.MONEY else None
        if isinstance(amount, Money) and sum(map(str.isdigit, str(number))) <= _DIGITS:
            return amount
        if (
            answer.kind in {Kind.INTEGER, Kind.NUMBER}
            and isinstance(number, int)
            and len(str(number)) <= _DIGITS
        ):
            return number
        return said(self._t, answer)


def _text(cell: CellValue) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)
