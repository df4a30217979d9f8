"""PDFs: plain values become HTML by templates and then pages. The only importer of WeasyPrint and pikepdf."""

from app.printing.folder import PrintFolder
from app.printing.printer import WeasyPrinter

__all__ = ["PrintFolder", "WeasyPrinter"]
