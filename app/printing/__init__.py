"""PDFs: an appraisal's contents become HTML and then pages. The only importer of WeasyPrint."""

from app.printing.printer import WeasyPrinter

__all__ = ["WeasyPrinter"]
