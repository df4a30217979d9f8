"""WeasyPrint behind the Printer port. It reads nothing but what it is given: no file, no address, only `data:`."""

import logging
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from app.domain.problem import Problem, ProblemError
from app.printing.fonts import has_chinese
from app.printing.impacts import impact_html
from app.printing.pages import appraisal_html
from app.printing.registers import register_html
from app.services.impact_document import ImpactDocument
from app.services.lists import PrintedRegister
from app.services.ports import AppraisalDocument

logger = logging.getLogger(__name__)


class WeasyPrinter:
    """Makes PDFs where the system has Pango and a font with Chinese; says what is missing where it hasn't."""

    def __init__(self, mode: Literal["auto", "on", "off"] = "auto") -> None:
        """Keep the deployment's setting: `off` never prints; `auto` and `on` print where it can be done."""
        self._mode = mode

    def available(self) -> Problem | None:
        """Return None when PDFs can be made, else the problem: E571 turned off, E572 no Pango, E573 no font."""
        if self._mode == "off":
            return Problem("E571")
        if self._library is None:
            return Problem("E572")
        return None if self._fonts else Problem("E573")

    def appraisal(self, document: AppraisalDocument, language: str) -> bytes:
        """Return the PDF of one appraisal; the same input gives the same bytes. Raises ProblemError."""
        missing = self.available()
        if missing is not None:
            raise ProblemError(missing)
        return self.pdf(appraisal_html(document, language))

    def register(self, register: PrintedRegister) -> bytes:
        """Return the PDF of a register; the same input gives the same bytes. Raises ProblemError."""
        missing = self.available()
        if missing is not None:
            raise ProblemError(missing)
        return self.pdf(register_html(register))

    def impact(self, document: ImpactDocument, language: str) -> bytes:
        """Return the PDF of what a draft would change; the same input gives the same bytes. Raises ProblemError."""
        missing = self.available()
        if missing is not None:
            raise ProblemError(missing)
        return self.pdf(impact_html(document, language))

    def pdf(self, html: str) -> bytes:
        """Return the PDF of a page. What it refers to outside of itself is left out."""
        library = self._library
        if library is None:
            raise ProblemError(Problem("E572"))
        fetcher = library.URLFetcher(allowed_protocols=("data",))
        page = library.HTML(string=html, base_url=None, url_fetcher=fetcher)
        identifier = sha256(html.encode()).digest()[:16]
        return bytes(page.write_pdf(pdf_identifier=identifier))

    @cached_property
    def _library(self) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
        """WeasyPrint, or None where the system lacks the libraries that it loads."""
        try:
            import weasyprint  # noqa: PLC0415 - it loads Pango as it is imported, which may be missing
            import weasyprint.urls  # noqa: PLC0415
        except (ImportError, OSError) as fault:
            logger.warning("PDFs are off: %s", type(fault).__name__)
            return None
        for name in ("weasyprint", "fontTools"):
            logging.getLogger(name).setLevel(logging.ERROR)
        return _Library(weasyprint.HTML, weasyprint.urls.URLFetcher)

    @cached_property
    def _fonts(self) -> bool:
        return has_chinese()


class _Library:
    """The two names of WeasyPrint that are used."""

    def __init__(self, html: Any, fetcher: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        self.HTML = html
        self.URLFetcher = fetcher
