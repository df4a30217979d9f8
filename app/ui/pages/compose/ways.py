"""Where the pages of the form-like editor are."""

from urllib.parse import urlencode

COMPOSE = "/compose"
PREVIEW = "/compose/preview"
CLAUSES = "/compose/clauses"
TEXTS = "/compose/texts"


def address(draft: str, path: str = "") -> str:
    """Return where a draft's file is edited as a form."""
    return f"{COMPOSE}?{urlencode({'draft': draft, **({'path': path} if path else {})})}"


def of_draft(page: str, draft: str, **more: str) -> str:
    """Return the address of a page about a draft."""
    return f"{page}?{urlencode({'draft': draft, **more})}"
