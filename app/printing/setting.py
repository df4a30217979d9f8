"""From filled templates to PDF/A-3u: several documents in one go, one subset of each font for all of them.

Runs in the child process (`app.printing.child`). Each document is laid out by itself, so it has its own pages 1 to n;
their pages are painted into one PDF, of which each document is cut out again.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from markupsafe import Markup

from app.i18n.traditional import HANT
from app.printing import drawn, pictures
from app.printing.files import About, Attached, cut
from app.printing.sandbox import TemplateFaultError, environment, fill

_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SANS: Final = (
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
)
_SERIF: Final = ("Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", "SimSun")
# A font that has the other forms of letters is better than none.
_SANS_HANT: Final = ("Source Han Sans TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", *_SANS)
_SERIF_HANT: Final = ("Source Han Serif TC", "Noto Serif CJK TC", "Songti TC", "PMingLiU", *_SERIF)
_LATIN: Final = ("Noto Sans", "Segoe UI", "DejaVu Sans", "Roboto")
_LATIN_SERIF: Final = ("Noto Serif", "DejaVu Serif", "Times New Roman")
_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: the set of templates (name → path, text), which one, and the documents' values."""

    files: Mapping[str, tuple[str, str]]
    template: str
    documents: Sequence["Sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document: the values that its template reads, what stands in the file's properties, what is attached."""

    values: Mapping[str, Any]
    about: About
    attached: Sequence[Attached] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """Documents as files of their own, and all their pages in one, in order; `pages` of each."""

    singles: tuple[bytes, ...]
    together: bytes
    pages: tuple[int, ...]


@dataclass(slots=True)
class _Kept:
    """What one process keeps from document to document: fonts, style sheets, compiled templates."""

    fonts: Any = None
    families: dict[bool, Mapping[str, str]] = field(default_factory=dict)
    styles: dict[str, Any] = field(default_factory=dict)
    environments: dict[str, Any] = field(default_factory=dict)


_kept = _Kept()


def make(order: Order) -> Made:
    """Return the PDFs of an order. The same order gives the same bytes. Raises TemplateFaultError."""
    import weasyprint  # noqa: PLC0415 - it loads Pango

    drawn.install()
    pictures.install()
    if _kept.fonts is None:
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - it loads Pango

        _kept.fonts = FontConfiguration()
    pages: list[Any] = []
    counts: list[int] = []
    document: Any = None
    whole = hashlib.sha256()
    for sheet in order.documents:
        html = page_of(order, sheet)
        whole.update(html.encode())
        document = _laid_out(weasyprint, html, order)
        pages += document.pages
        counts.append(len(document.pages))
    together = bytes(
        document.copy(pages).write_pdf(pdf_variant="pdf/a-3u", pdf_identifier=whole.digest()[:16])
    )
    del document, pages
    singles = tuple(cut(together, counts, [(sheet.about, sheet.attached) for sheet in order.documents]))
    return Made(singles, together, tuple(counts))


def page_of(order: Order, sheet: Sheet) -> str:
    """Return a filled template. Raises TemplateFaultError."""
    key = hashlib.sha256(repr(sorted(order.files.items())).encode()).hexdigest()
    env = _kept.environments.get(key)
    if env is None:
        _kept.environments.clear()
        env = _kept.environments[key] = environment(order.files)
    return fill(env, f"{order.template}.html", {**sheet.values, "fonts": families(sheet.about.language)})


def _laid_out(library: Any, html: str, order: Order) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """Return a page laid out. Style sheets are read once: they are the same from document to document."""
    fetcher = library.urls.URLFetcher(allowed_protocols=("data",))
    sheets = []
    for text in _STYLE.findall(html):
        if text not in _kept.styles:
            if len(_kept.styles) > 20:  # noqa: PLR2004 - templates that write values into their styles
                _kept.styles.clear()
            _kept.styles[text] = library.CSS(
                string=text, base_url=None, url_fetcher=fetcher, font_config=_kept.fonts
            )
        sheets.append(_kept.styles[text])
    page = library.HTML(string=_STYLE.sub("", html), base_url=None, url_fetcher=fetcher)
    try:
        return page.render(stylesheets=sheets, font_config=_kept.fonts)
    except RecursionError:
        raise TemplateFaultError("nested", order.files[f"{order.template}.html"][0], 0) from None


def families(language: str = "zh-CN") -> Mapping[str, str]:
    """Return lists of fonts for style sheets, of those that are installed: each further one costs time with each line.

    `sans` and `serif` for Chinese, with the forms of letters that `language` (as in HTML) has, `latin` and
    `latin_serif` for other languages, Chinese names included.
    """
    hant = language == HANT
    if hant not in _kept.families:
        there = installed()
        sans = _first(_SANS_HANT if hant else _SANS, there)
        serif = _first(_SERIF_HANT if hant else _SERIF, there)
        _kept.families[hant] = {
            "sans": _css(sans, "sans-serif"),
            "serif": _css(serif, "serif"),
            "latin": _css((*_first(_LATIN, there), *sans), "sans-serif"),
            "latin_serif": _css((*_first(_LATIN_SERIF, there), *serif), "serif"),
            "svg": ", ".join(sans or ("sans-serif",)),
        }
    return _kept.families[hant]


def _first(names: Sequence[str], there: frozenset[str]) -> tuple[str, ...]:
    """Return the first of these fonts that is installed; all of them where that isn't known."""
    return next(((name,) for name in names if name in there), () if there else tuple(names))


def _css(names: Sequence[str], generic: str) -> str:
    listed = [*(f'"{name}"' for name in names), *([] if len(names) == 1 else [generic])]
    return Markup(", ".join(listed))  # noqa: S704 - names that stand above


def installed() -> frozenset[str]:
    """Return the families that fontconfig knows; empty where there is none to ask."""
    command = shutil.which("fc-list")
    if command is None:
        return frozenset()
    try:
        found = subprocess.run(  # noqa: S603 - a fixed command without a shell
            [command, ":", "family"], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    lines = found.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(","))
