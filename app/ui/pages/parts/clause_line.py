"""Where a clause stands, in a line: shortly where many stand below one another, in full under the pointer."""

from app.i18n import Translator
from app.i18n.citing import Cited, cited_in_full, cited_shortly
from app.ui.widgets import text


def clause_line(t: Translator, clause: Cited | None) -> None:
    """Draw it where the caller stands; nothing for None."""
    if clause is None:
        return
    short, whole = cited_shortly(t, clause), cited_in_full(t, clause)
    made = text(short, "meta")
    if whole != short:
        made.props["title"] = whole
