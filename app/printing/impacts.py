"""What a draft would change, on paper for those who decide: totals, who loses and who gains."""

from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from app.i18n import Translator
from app.services.impact.document import ImpactDocument

HERE = Path(__file__).parent / "templates"


def impact_html(document: ImpactDocument, language: str) -> str:
    """Return the pages as HTML in the reader's language: a sandboxed template with everything escaped."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    t = Translator(language)
    before, _, rest = t("print-page", page="\x01", pages="\x02").partition("\x01")
    between, _, after = rest.partition("\x02")
    pages = Markup('{}<span class="page"></span>{}<span class="total"></span>{}').format(
        before, between, after
    )
    groups = [
        (t(message, n=len(people)), people)
        for message, people in (
            ("impact-lose", document.lose),
            ("impact-gain", document.gain),
            ("impact-others", document.others),
        )
        if people
    ]
    return environment.get_template("impact.html").render(
        t=t, document=document, groups=groups, pages=pages, files=document.files
    )
