"""The rows of the ledger: a table on the desk, a list on the phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from app.services.books.views import EntryRow, Wanted
from app.ui.pages.ledger.chips import late_chip, state_chip
from app.ui.pages.ledger.hits import Hits
from app.ui.pages.ledger.ticking import Ticking
from app.ui.pages.parts.lasting import told_of
from app.ui.pages.parts.saying import doer, moment, named, said
from app.ui.session import Session
from app.ui.widgets import DoorPlate, box, icon, text

_SUMMARY = 3
_SUMMARY_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """What the rows are rows of: what is `wanted`, each row's `density`, and the `columns` of its form by title."""

    wanted: Wanted
    density: str
    columns: Mapping[str, str]


class Order(Protocol):
    """What orders the rows anew by a field of theirs."""

    def __call__(self, by: str, *, descending: bool) -> None:
        """Show the same rows in another order."""


class Rows:
    """Draws what was found."""

    def __init__(self, session: Session, shown: Shown, ticking: Ticking, order: Order) -> None:
        """Keep how rows look."""
        self._session = session
        self._t = session.t
        self._wanted = shown.wanted
        self._density = shown.density
        self._columns = shown.columns
        self._ticking = ticking
        self._order = order
        self._hits = Hits(session, shown.wanted.search)

    def draw(self, rows: Sequence[EntryRow]) -> None:
        """Show them in both ways; the sheet of styles says which one is seen."""
        self._table(rows)
        with box("only-phone gb-list", "ul"):
            for row in rows:
                with box("bk-li" if self._ticking.on else "", "li"):
                    if self._ticking.on:
                        self._ticking.tick(row)
                    self._item(row)

    def _table(self, rows: Sequence[EntryRow]) -> None:
        t = self._t
        heads = [t("ledger-at"), *([] if self._wanted.form else [t("ledger-form")]), t("ledger-about")]
        heads += self._columns.values() if self._wanted.form else [t("ledger-says")]
        heads += [t("ledger-by"), t("ledger-state")]
        with (
            box("lg-scroll only-desk").props("tabindex=0 role=region") as region,
            box(f"lg-grid {self._density}", "table"),
        ):
            region.props["aria-label"] = t("ledger-title")
            with box(tag="thead"), box(tag="tr"):
                if self._ticking.on:
                    text(t("bulk-picked"), tag="th").props("scope=col")
                for place, head in enumerate(heads):
                    self._head(head, sorts=place == 0)
            with box(tag="tbody"):
                for row in rows:
                    hits = self._hits.beneath(row, self._in_row(row, tuple(self._columns)))
                    with box(tag="tr"):
                        self._cells(row)
                    if hits:
                        with box("lg-hits", "tr"), box(tag="td") as told:
                            told.props["colspan"] = len(heads) + self._ticking.on
                            self._hits.line(hits)

    def _head(self, words: str, *, sorts: bool) -> None:
        """Show a column's head; the one of time turns the order round. No index carries another column's order."""
        t = self._t
        with box(tag="th").props("scope=col") as made:
            if not sorts:
                text(words, tag="span")
                made.props["title"] = t("ledger-sort-not")
                return
            by_it = self._wanted.order == "at"
            if by_it:
                made.props["aria-sort"] = "descending" if self._wanted.descending else "ascending"
            with box("lg-sort", "button").props("type=button") as press:
                text(words, tag="span")
                if by_it:
                    icon("arrow_downward" if self._wanted.descending else "arrow_upward")
            press.props["title"] = t("ledger-sort", column=words)
            descending = not (by_it and self._wanted.descending)
            press.on("click", lambda: self._order("at", descending=descending))
            press.mark("sort")

    def _cells(self, row: EntryRow) -> None:
        t = self._t
        if self._ticking.on:
            with box("bk-cell", "td"):
                self._ticking.tick(row)
        with box("nowrap", "td"), box("lg-link", "a") as made:
            made.props["href"] = f"/entry/{row.id}"
            text(moment(t, row.at), tag="span")
        if not self._wanted.form:
            text(t.text(row.title), "strong", "td")
        with box(tag="td"), box("lg-who"):
            if row.about is not None and row.about.plate:
                DoorPlate(row.about.plate, "mini")
            self._hits.mark(_whom(row) or t.text(row.place))
        if self._wanted.form:
            told = self._in_row(row, tuple(self._columns))
            for name in self._columns:
                self._hits.mark(told.get(name, ""), tag="td")
        else:
            self._hits.mark(self._summary(row), "lg-says", "td")
        text(doer(t, row.by), "nowrap", "td")
        with box(tag="td"), box("lg-who"):
            state_chip(self._session, row, bare=True)
            late_chip(self._session, row)

    def _item(self, row: EntryRow) -> None:
        t = self._t
        with box("lg-item", "a") as made:
            made.props["href"] = f"/entry/{row.id}"
            if row.about is not None and row.about.plate:
                DoorPlate(row.about.plate, "mini")
            else:
                icon("description", "muted")
            self._hits.mark(_whom(row) or t.text(row.title), "strong lead")
            if row.state != "stands":
                state_chip(self._session, row)
            else:
                late_chip(self._session, row)
            form = t.text(row.title) if row.about is not None else t.text(row.place)
            text(t.dotted(form, moment(t, row.at), doer(t, row.by)), "meta")
            summary = self._summary(row)
            if summary:
                self._hits.mark(summary, "meta", "div")
            self._hits.line(self._hits.beneath(row, self._in_row(row)))

    def _in_row(self, row: EntryRow, fields: Sequence[str] = ()) -> dict[str, str]:
        """Return what a row shows of its answers, by question: of `fields`, or the first that tell something."""
        if fields:
            telling = {a.field: said(self._t, a) for a in row.answers if a.field in fields}
        else:
            telling = dict(islice(told_of(self._t, row).items(), _SUMMARY))
        return {name: _short(words) for name, words in telling.items()}

    def _summary(self, row: EntryRow) -> str:
        return self._t.dotted(*self._in_row(row).values())


def _short(words: str) -> str:
    """Cut what is long for a row; the entry's own page has all of it."""
    return words if len(words) <= _SUMMARY_LETTERS else f"{words[: _SUMMARY_LETTERS - 1]}…"


def _whom(row: EntryRow) -> str:
    """Return whom an entry is about, and how many more; its own page names them."""
    name = named(row.about)
    return f"{name} +{len(row.also)}" if name and row.also else name
