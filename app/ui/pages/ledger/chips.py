"""What became of an entry, and how late it came, as a small sign beside it."""

from app.services.books.views import EntryRow
from app.ui.session import Session
from app.ui.widgets import box, icon, text

STATES = {
    "stands": ("check_circle", "met"),
    "correction": ("edit", "met"),
    "supplement": ("add_a_photo", "met"),
    "restored": ("history", "met"),
    "supplemented": ("add_a_photo", "waived"),
    "corrected": ("history", "waived"),
    "withdrawn": ("undo", "waived"),
    "withdrawal": ("undo", "waived"),
}


def state_chip(session: Session, row: EntryRow, *, bare: bool = False) -> None:
    """Show what became of an entry."""
    glyph, tone = STATES[row.state]
    with box(f"gb-st {tone}{' bare' if bare else ''}", "span"):
        icon(glyph)
        text(session.t(f"entry-state-{row.state}"), tag="span")


def late_chip(session: Session, row: EntryRow) -> None:
    """Say that an entry was recorded days after it happened."""
    if row.late_days:
        with box("gb-st due bare", "span"):
            icon("schedule")
            text(session.t("entry-late", n=row.late_days), tag="span")
