"""The Printer port over templates and the printing process. Nothing is read but what is given: no file, no address."""

import logging
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.printing.files import About
from app.printing.fonts import has_chinese
from app.printing.press import Press
from app.printing.setting import Made, Order, Sheet
from app.printing.values import appraisal_values, register_values
from app.services.lists import PrintedRegister
from app.services.ports import AppraisalDocument

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

    def appraisal(
        self, document: AppraisalDocument, language: str, templates: Templates | None = None
    ) -> bytes:
        """Return the PDF of one appraisal; the same input gives the same bytes. Raises ProblemError."""
        t = Translator(language)
        title = f"{document.title} · {document.person} · {document.period}"
        about = About(title, document.community, document.created, t.html_lang)
        sheet = Sheet(appraisal_values(document, t), about)
        return self.make(Order(self.files(templates), document.template, [sheet])).singles[0]

    def register(self, register: PrintedRegister, templates: Templates | None = None) -> bytes:
        """Return the PDF of a register; the same input gives the same bytes. Raises ProblemError."""
        t = Translator(register.language)
        title = f"{register.title} · {register.place} · {register.when}"
        about = About(title, register.place, register.created, t.html_lang)
        sheet = Sheet(register_values(register, t), about)
        return self.make(Order(self.files(templates), register.template, [sheet])).singles[0]

    @staticmethod
    def files(templates: Templates | None) -> Templates:
        """Return a place's own templates over the shipped ones."""
        return {**shipped(), **(templates or {})}

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
