"""What the ledger is narrowed to as a file: the same rows, all pages, the chosen columns, without sensitive answers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from urllib.parse import urlencode

from nicegui import ui

from app.domain.core.values import Kind
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.answers import AnswerView
from app.services.books.span import is_free
from app.services.books.views import EXPORT_PAGE, Choices, EntryRow, LedgerViews, Option, Wanted, csv_line
from app.services.lists import MOST_PRINTED
from app.services.money import Money
from app.services.workbooks.export import Table
from app.services.workbooks.workbook import CellValue
from app.ui.attachments import TYPES, Attachment, Handed
from app.ui.frame import Action, button
from app.ui.pages.ledger.fields import asked_words
from app.ui.pages.ledger.filters import period_words
from app.ui.pages.ledger.span import span_words
from app.ui.pages.parts.asking import asking, telling
from app.ui.pages.parts.lasting import told_of
from app.ui.pages.parts.saying import doer, named, said
from app.ui.session import Session
from app.ui.widgets import box, text

HANDED = "/ledger/file"
"""Where a file that was made is fetched: the address tells nothing of what was searched for in it."""
_DIGITS = 15
"""The digits that a spreadsheet's numbers keep."""


class LeftError(Exception):
    """Who asked for a file has gone away, or changed their mind."""


class LedgerExport:
    """Asks how, and gives the file."""

    def __init__(self, session: Session, views: LedgerViews, handed: Handed) -> None:
        """Read for one session; files are fetched from `handed`."""
        self._session = session
        self._handed = handed
        self._views = views
        self._t = session.t

    def ask(
        self, wanted: Wanted, columns: tuple[Option, ...], choices: Choices, shown: tuple[Option, ...]
    ) -> None:
        """Offer xlsx, csv, PDF, and the way to printed registers; `columns` are the answers to take along.

        Paper takes those that are `shown`: a line of it is short.
        """
        t = self._t
        lists = self._session.services.lists
        with asking(t("ledger-export")) as dialog:
            text(t("export-ledger-what"), "muted")

            told = box().props("role=status")
            self._dialog = dialog

            def giving(make: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
                async def give() -> None:
                    with telling(t, told), suppress(LeftError):
                        with told:
                            self._progress = text(t("export-making"), "muted")
                        await make()
                        dialog.close()

                return give

            csv = giving(lambda: self._csv(wanted, columns))
            xlsx = giving(lambda: self._xlsx(wanted, columns))
            pdf = giving(lambda: self._pdf(wanted, shown, choices))
            with box("gb-act-row"):
                if lists is not None:
                    button(Action(t("export-as-xlsx"), on_click=xlsx, icon="download"), "act").mark("xlsx")
                button(Action(t("export-as-csv"), on_click=csv, icon="download"), "line").mark("csv")
                if lists is not None and lists.writers.pdf.available() is None:
                    button(Action(t("export-as-pdf"), on_click=pdf, icon="picture_as_pdf"), "line").mark(
                        "pdf"
                    )
                if "/export" in self._session.paths:
                    kept = {
                        "place": wanted.place,
                        "period": "" if is_free(wanted.period) else wanted.period,
                    }
                    query = urlencode({name: value for name, value in kept.items() if value})
                    button(
                        Action(
                            t("export-title"), href=f"/export?{query}" if query else "/export", icon="print"
                        ),
                        "line",
                    )
                button(Action(t("action-cancel"), on_click=dialog.close), "quiet")

    async def _csv(self, wanted: Wanted, columns: tuple[Option, ...]) -> None:
        made = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - it is fetched later, and gone with the program
        made.write("\ufeff".encode())  # the mark tells spreadsheets that this is UTF-8
        made.write(csv_line(self._heads(columns)).encode())
        async for row in self._told_rows(wanted):
            made.write(csv_line([_text(cell) for cell in self._cells(row, columns)]).encode())
        self._hand(made, "csv")

    async def _xlsx(self, wanted: Wanted, columns: tuple[Option, ...]) -> None:
        lists = self._session.services.lists
        if lists is None:
            return
        made = cast("BinaryIO", TemporaryFile())  # noqa: SIM115
        writer = lists.writers.sheets(self._t("ledger-title"), self._heads(columns), made)
        try:
            async for row in self._told_rows(wanted):
                writer.row(self._cells(row, columns))
        finally:
            await asyncio.to_thread(writer.close)  # seconds, for a million rows
        self._hand(made, "xlsx")

    async def _told_rows(self, wanted: Wanted) -> AsyncIterator[EntryRow]:
        """Yield the rows, telling how many there are by now; raises LeftError when nobody waits for them any more."""
        number = 0
        async for row in self._views.rows(self._session.ref, wanted):
            yield row
            number += 1
            if number % EXPORT_PAGE == 0:
                if not self._dialog.value or self._dialog.client.is_deleted:
                    raise LeftError
                self._progress.set_text(self._t("export-making-rows", n=number))
                await asyncio.sleep(0)

    def _hand(self, made: BinaryIO, kind: str) -> None:
        made.flush()
        ref, name = self._session.ref, f"{self._t('ledger-title')}.{kind}"
        key = self._handed.keep(ref, Attachment(name, made, TYPES[kind]))
        client = ui.context.client
        client.on_delete(lambda: self._handed.drop(ref, key))
        ui.download.from_url(f"{HANDED}/{key}", name)

    async def _pdf(self, wanted: Wanted, columns: tuple[Option, ...], choices: Choices) -> None:
        t, lists = self._t, self._session.services.lists
        if lists is None:
            return
        found = await self._views.page(self._session.ref, replace(wanted, page=1))
        if found.total > MOST_PRINTED:
            values = {"rows": found.total, "most": MOST_PRINTED}
            raise ProblemError(Problem("E579", values=values))
        # Of what a file has, paper leaves out when it was recorded, and what is the same in every row.
        without = {1, *([2] if wanted.form else []), *([-1] if wanted.standing else [])}
        heads = self._heads(columns)
        keep = [
            place for place in range(len(heads)) if place not in without and place - len(heads) not in without
        ]
        rows = []
        async for row in self._views.rows(self._session.ref, wanted):
            cells = self._cells(row, columns)
            rows.append(tuple(cells[place] for place in keep))
        titles = {option.id: t.text(option.title) for option in choices.forms}
        name = titles.get(wanted.form) or t("ledger-title")
        table = Table(name, tuple(heads[place] for place in keep), tuple(rows))
        content = await lists.table_pdf(self._session.ref, table, narrowed(t, wanted, choices), t)
        ui.download.content(content, f"{name}.pdf", TYPES["pdf"])

    def _heads(self, columns: tuple[Option, ...]) -> list[str]:
        t = self._t
        found = [t("ledger-at"), t("ledger-recorded"), t("ledger-form"), t("ledger-plate"), t("ledger-about")]
        found += [t.text(option.title) for option in columns] if columns else [t("ledger-says")]
        return [*found, t("ledger-place"), t("ledger-by"), t("ledger-state")]

    def _cells(self, row: EntryRow, columns: tuple[Option, ...]) -> tuple[CellValue, ...]:
        t = self._t
        answers = {answer.field: answer for answer in row.answers}
        found: list[CellValue] = [self._moment(row.at), self._moment(row.recorded_at)]
        found += [t.text(row.title), row.about.plate if row.about else "", self._whom(row)]
        if columns:
            found += [self._answer(answers.get(option.id)) for option in columns]
        else:
            found.append(t.dotted(*filter(None, told_of(t, row).values())))
        return (*found, t.text(row.place), doer(t, row.by), t(f"entry-state-{row.state}"))

    def _whom(self, row: EntryRow) -> str:
        return self._t.listed([*filter(None, (named(row.about), *map(self._t.text, row.also)))])

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


def narrowed(t: Translator, wanted: Wanted, choices: Choices) -> str:
    """Return in words what the ledger is narrowed to, for who reads a list without the page."""
    places = {one.id: t.text(one.title) for one in choices.places}
    people = {one.id: t.text(one.title) for one in choices.people}
    said_so = [
        (t("ledger-place"), places.get(wanted.place, "")),
        (t("ledger-by"), people.get(wanted.person, "")),
        (t("ledger-period"), _period_words(t, wanted.period, choices)),
        (t("ledger-search"), wanted.search),
        (t("ledger-state"), "" if wanted.standing else t("ledger-everything")),
    ]
    offered = {one.field: one for one in choices.filters.get(wanted.form, ())}
    for name, value in wanted.fields:
        if name in offered:
            said_so.append((t.text(offered[name].title), asked_words(t, offered[name], value)))
    return t.dotted(*(t("ledger-narrowed", what=what, to=to) for what, to in said_so if to))


def _period_words(t: Translator, period: str, choices: Choices) -> str:
    return span_words(t, period) if is_free(period) else period_words(t, choices).get(period, period)


def _text(cell: CellValue) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)
