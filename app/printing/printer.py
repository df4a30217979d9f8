"""The Printer port over templates and the printing process. Nothing is read but what is given: no file, no address."""

import logging
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from app.domain.kinds.print_template import PrintTemplate
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.printing.files import About, Attached, Joining
from app.printing.fonts import has_chinese
from app.printing.impacts import impact_html
from app.printing.press import Press
from app.printing.setting import Made, Order, Sheet
from app.printing.values import appraisal_values, document_values, register_values
from app.services.impact.document import ImpactDocument
from app.services.lists import PrintedRegister
from app.services.ports import AppraisalDocument
from app.services.prints.batches import Bookmarks, Pages
from app.services.prints.report import Printable

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent / "templates"
_SHOWN = "app/printing/templates/"

Templates = Mapping[str, tuple[str, str]]
"""A set of templates: name → path by which people know it, text."""


@cache
def shipped() -> Templates:
    """Return the templates that come along."""
    return {
        path.name: (_SHOWN + path.name, path.read_text(encoding="utf-8")) for path in sorted(HERE.iterdir())
    }


def appraisal_sheet(document: AppraisalDocument, language: str) -> Sheet:
    """Return one appraisal as the press takes it, its evidence attached."""
    t = Translator(language)
    title = f"{document.title} · {document.person} · {document.period}"
    about = About(title, document.community, document.created, t.html_lang)
    attached = [
        Attached(name, kind, text.encode(), title)
        for name, kind, text in (
            ("evidence.json", "application/json", document.json),
            ("evidence.csv", "text/csv", document.csv),
        )
        if text
    ]
    return Sheet(appraisal_values(document, t), about, attached)


class WeasyPrinter:
    """Makes PDFs where the system has Pango and a font with Chinese; says what is missing where it hasn't."""

    def __init__(self, mode: Literal["auto", "on", "off"] = "auto", press: Press | None = None) -> None:
        """Keep the deployment's setting: `off` never prints; `auto` and `on` print where it can be done."""
        self._mode = mode
        self.press = Press() if press is None else press

    def available(self) -> Problem | None:
        """Return None when PDFs can be made, else the problem: E571 turned off, E572 no Pango, E573 no font."""
        if self._mode == "off":
            return Problem("E571")
        if not self._library:
            return Problem("E572")
        return None if self._fonts else Problem("E573")

    def appraisal(self, document: AppraisalDocument, language: str) -> bytes:
        """Return the PDF of one appraisal; the same input gives the same bytes. Raises ProblemError."""
        sheet = appraisal_sheet(document, language)
        return self.make(Order(self.files(document.prints), document.template, [sheet])).singles[0]

    def several(self, documents: Sequence[AppraisalDocument], language: str) -> Pages:
        """Return the PDFs of appraisals of one template in one go. Raises ProblemError."""
        sheets = [appraisal_sheet(document, language) for document in documents]
        first = documents[0]
        made = self.make(Order(self.files(first.prints), first.template, sheets))
        return Pages(made.together, made.singles, made.pages)

    def join(
        self,
        parts: Sequence[Path],
        target: Path,
        about: AppraisalDocument,
        language: str,
        data: str,
        marks: Bookmarks = (),
    ) -> None:
        """Write all pages of some PDFs into one with bookmarks, `data` attached. Raises ProblemError."""
        t = Translator(language)
        title = f"{about.title} · {about.community} · {about.period}"
        attached = [Attached("evidence.json", "application/json", data.encode(), title)]
        whole = About(title, about.community, about.created, t.html_lang)
        self.press.join(Joining(tuple(parts), target, whole, tuple(attached), tuple(marks)))

    def register(self, register: PrintedRegister) -> bytes:
        """Return the PDF of a register; the same input gives the same bytes. Raises ProblemError."""
        t = Translator(register.language)
        title = f"{register.title} · {register.place} · {register.when}"
        about = About(title, register.place, register.created, t.html_lang)
        sheet = Sheet(register_values(register, t), about)
        return self.make(Order(self.files(register.prints), register.template, [sheet])).singles[0]

    def document(self, document: Printable, language: str) -> bytes:
        """Return the PDF of a document; the same input gives the same bytes. Raises ProblemError."""
        t = Translator(language)
        about = About(document.heading, document.author, document.created, t.html_lang)
        name = f"{document.kind}.json"
        attached = (
            [Attached(name, "application/json", document.json.encode(), document.heading)]
            if document.json
            else []
        )
        sheet = Sheet(document_values(document, t), about, attached)
        return self.make(Order(self.files(document.prints), document.template, [sheet])).singles[0]

    def impact(self, document: ImpactDocument, language: str) -> bytes:
        """Return the PDF of what a draft would change; the same input gives the same bytes. Raises ProblemError."""
        t = Translator(language)
        about = About(document.title, document.place, document.created, t.html_lang)
        page = {"page.html": ("page.html", "{{ html|safe }}")}
        return self.make(
            Order(page, "page", [Sheet({"html": impact_html(document, language)}, about)])
        ).singles[0]

    @staticmethod
    def files(prints: Mapping[str, PrintTemplate]) -> Templates:
        """Return a place's own templates over the shipped ones."""
        return {**shipped(), **{name: (own.path, own.text) for name, own in prints.items()}}

    def make(self, order: Order) -> Made:
        """Return the PDFs of an order. Raises ProblemError."""
        missing = self.available()
        if missing is not None:
            raise ProblemError(missing)
        return self.press.make(order)

    @cached_property
    def _library(self) -> bool:
        """Whether WeasyPrint finds the libraries of the system that it loads."""
        try:
            import weasyprint  # noqa: F401, PLC0415 - it loads Pango as it is imported, which may be missing
        except (ImportError, OSError) as fault:
            logger.warning("PDFs are off: %s", type(fault).__name__)
            return False
        return True

    @cached_property
    def _fonts(self) -> bool:
        return has_chinese()
