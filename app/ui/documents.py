"""Pages that are plain HTML: they work without JavaScript, weigh little, and stand when NiceGUI doesn't."""

from pathlib import Path

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.i18n import LANGUAGES
from app.ui.assets import asset
from app.ui.session import Visitor

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def document(
    request: Request, visitor: Visitor, template: str, *, status: int = 200, **values: object
) -> HTMLResponse:
    """Return the page of `template` in the visitor's language and theme; everything in `values` is escaped."""
    text = _TEMPLATES.get_template(template).render(
        t=visitor.t,
        visitor=visitor,
        languages=LANGUAGES,
        asset=asset,
        here=_here(request),
        **values,
    )
    return HTMLResponse(text, status_code=status)


def _here(request: Request) -> str:
    """Return the path to come back to after switching the language; a path that carries a secret isn't repeated."""
    if request.method != "GET":
        return request.url.path
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
