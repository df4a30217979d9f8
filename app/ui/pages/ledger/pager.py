"""Turning the ledger's pages."""

from collections.abc import Awaitable, Callable

from nicegui.element import Element

from app.i18n import Translator
from app.services.books.views import LedgerList
from app.ui.widgets import box, icon, text

Turn = Callable[[int], Awaitable[None]]


def pager(t: Translator, found: LedgerList, size: int, turn: Turn) -> None:
    """Show which rows of how many stand here, `size` to a page, and the four ways to other pages."""
    first = (found.page - 1) * size + 1
    with box("lg-pager", "nav") as made:
        made.props["aria-label"] = t("ledger-pages")
        shown = t("ledger-range", first=first, last=first + len(found.rows) - 1, n=found.total)
        text(shown, "meta", "span")
        for key, glyph, page in (
            ("first", "first_page", 1),
            ("previous", "chevron_left", found.page - 1),
            ("next", "chevron_right", found.page + 1),
            ("last", "last_page", found.pages),
        ):
            here = page < 1 or page > found.pages or page == found.page
            _page_button(t(f"ledger-page-{key}"), glyph, None if here else page, turn).mark(f"page {key}")


def _page_button(label: str, glyph: str, page: int | None, turn: Turn) -> Element:
    """Show one way; without a page it leads nowhere from here."""
    with box("gb-btn-icon lg-turn", "button") as made:
        made.props["type"] = "button"
        made.props["aria-label"] = label
        icon(glyph)
    if page is None:
        made.props["disabled"] = True
    else:
        made.on("click", lambda: turn(page))
    return made
