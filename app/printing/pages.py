"""From a document's contents to HTML: a sandboxed template with everything escaped."""

from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from app.i18n import Translator
from app.services.ports import AppraisalDocument

HERE = Path(__file__).parent / "templates"
ROWS_TOGETHER = 50
"""The most rows in one table: a table's layout takes time that grows with the square of its rows."""


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def appraisal_html(document: AppraisalDocument, language: str) -> str:
    """Return the page of an appraisal in the reader's language."""
    template = _environment().get_template("appraisal.html")
    t = Translator(language)
    return template.render(
        t=t,
        document=document,
        rows_together=ROWS_TOGETHER,
        pages=_pages(t),
        style=Markup((HERE / "appraisal.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
    )


def _pages(t: Translator) -> Markup:
    """Return `page x of y`, the numbers as elements that the style sheet fills."""
    before, _, rest = t("print-page", page="\x01", pages="\x02").partition("\x01")
    between, _, after = rest.partition("\x02")
    return Markup('{}<span class="page"></span>{}<span class="total"></span>{}').format(
        before, between, after
    )
