"""Where the pages of the form-like editor are."""

from urllib.parse import urlencode

from app.ui.pages.studio.parts import CLAUSES, COMPOSE, TEXTS, of_draft

__all__ = ["CLAUSES", "COMPOSE", "PREVIEW", "TEXTS", "address", "of_draft"]

PREVIEW = "/compose/preview"


def address(draft: str, path: str = "") -> str:
    """Return where a draft's file is edited as a form."""
    return f"{COMPOSE}?{urlencode({'draft': draft, **({'path': path} if path else {})})}"
