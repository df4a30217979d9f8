"""What PDF/A-3u asks for that can be read off a file: of single prints, of several in one, and of joined ones.

No validator is at hand; this holds the rules of ISO 19005-3 that a mistake of ours could break.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from app.printing import WeasyPrinter
from app.printing.files import About, Attached, Joining, join
from app.services.ports import PrintedBar
from tests.printing.test_printing import DOCUMENT, LINES

PRINTED = replace(
    DOCUMENT,
    items=(replace(DOCUMENT.items[1], lines=LINES[:9]),),
    bars=(PrintedBar("走访", "33.5", "30", 837, 750, "中位数"),),
    trace="https://grid.example.org/appraisals/year/2025/trace/w-1",
    json="{}",
    csv="sheet\r\n",
)


@pytest.fixture(scope="module")
def files(printer: WeasyPrinter, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("joined")
    made = printer.several([PRINTED, replace(PRINTED, person="马骏")], "zh")
    (folder / "a.pdf").write_bytes(made.together)
    about = About(PRINTED.title, PRINTED.community, PRINTED.created, "zh-CN")
    whole = [Attached("evidence.json", "application/json", b"[]", PRINTED.title)]
    twice = (folder / "a.pdf", folder / "a.pdf")
    join(Joining(twice, folder / "all.pdf", about, tuple(whole), (("周敏", 0), ("马骏", 2))))
    return {
        "single": made.singles[1],
        "joined": (folder / "all.pdf").read_bytes(),
        "english": printer.appraisal(PRINTED, "en"),
    }


@pytest.mark.parametrize("which", ["single", "joined", "english"])
def test_a_print_keeps_what_pdf_a_3u_asks_for(files: dict[str, bytes], which: str) -> None:
    with pikepdf.open(io.BytesIO(files[which])) as pdf:
        assert not pdf.is_encrypted
        assert len(pdf.trailer.ID) == 2
        _colours(pdf)
        _metadata(pdf)
        _attachments(pdf)
        assert list(_forbidden(pdf)) == []
        fonts = {str(font.BaseFont): font for font in _fonts(pdf)}
        assert fonts
        for font in fonts.values():
            _embedded(font)
        assert sum(_letters(pdf)) > 100


def test_the_merged_file_lists_whose_pages_begin_where(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files["joined"])) as pdf, pdf.open_outline() as outline:
        pages = [page.obj.objgen for page in pdf.pages]
        found = []
        for one in outline.root:
            assert isinstance(one.destination, pikepdf.Array)
            found.append((str(one.title), pages.index(one.destination[0].objgen)))
        assert found == [("周敏", 0), ("马骏", 2)]
        assert str(pdf.Root.PageMode) == "/UseOutlines"


def _colours(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert int(str(intent.DestOutputProfile.N)) == 3
    assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"  # an ICC profile


def _metadata(pdf: pikepdf.Pdf) -> None:
    text = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>" in text
    said = pdf.docinfo
    assert f">{said.Title}</rdf:li>" in text
    assert f">{said.Author}</rdf:li>" in text
    assert f"<pdf:Producer>{said.Producer}</pdf:Producer>" in text
    at = re.sub(r"D:(....)(..)(..)(..)(..)(..)Z", r"\1-\2-\3T\4:\5:\6Z", str(said.CreationDate))
    assert f"<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>" in text
    assert said.CreationDate == said.ModDate


def _attachments(pdf: pikepdf.Pdf) -> None:
    named = {name: one.obj for name, one in pdf.attachments.items()}
    assert sorted(str(one.F) for one in pdf.Root.AF) == sorted(named)
    for name, one in named.items():
        assert (str(one.F), str(one.UF), one.AFRelationship) == (name, name, Name.Data)
        assert str(one.EF.F.Subtype) in {"/application/json", "/text/csv"}
        assert "/ModDate" in one.EF.F.Params


def _forbidden(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what must not be there: actions, scripts, other filters, transparency, annotations that don't print."""
    for one in pdf.objects:
        if not isinstance(one, Dictionary | pikepdf.Stream):
            continue
        yield from (key for key in ("/JS", "/AA", "/OpenAction", "/SMask", "/TR", "/Encrypt") if key in one)
        yield from (key for key in ("/ca", "/CA") if key in one and one[key] != 1)
        if one.get("/Group") is not None or one.get("/Subtype") == Name.Type3:
            yield str(one)
        if "LZW" in str(one.get("/Filter", "")) or "Crypt" in str(one.get("/Filter", "")):
            yield "filter"
        if "/Annots" in one:
            yield "annotation"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("/Type") == Name.Font and "/DescendantFonts" in one:
            yield one


def _embedded(font: Dictionary) -> None:
    (below,) = font.DescendantFonts
    described = below.FontDescriptor
    assert font.Encoding == Name("/Identity-H")
    assert "/FontFile2" in described or described.FontFile3.Subtype == Name.OpenType
    if below.Subtype == Name.CIDFontType2:
        assert below.CIDToGIDMap == Name.Identity
    assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))


def _letters(pdf: pikepdf.Pdf) -> Iterator[int]:
    """Yield how many letters each page has; each is a letter of its font, with a width, and can be read back."""
    known: dict[str, tuple[set[int], set[int]]] = {}
    for page in pdf.pages:
        count, current = 0, ""
        fonts: Any = page.Resources.Font
        for step in pikepdf.parse_content_stream(page):
            operator, operands = str(step.operator), list(step.operands)
            if operator == "Tf":
                current = str(operands[0])
                if current not in known:
                    known[current] = _codes(fonts[current])
            elif operator in {"Tj", "TJ"}:
                shown: Any = operands[0] if operator == "TJ" else operands
                data = b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
                codes = {int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)}
                readable, wide = known[current]
                assert 0 not in codes  # a letter that no font has
                assert codes <= readable
                assert codes <= wide
                count += len(data) // 2
        yield count


def _codes(font: Dictionary) -> tuple[set[int], set[int]]:
    """Return the codes of a font that can be read back, and those that have a width."""
    text = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    readable = {
        int(code, 16)
        for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL)
        for code in re.findall(r"<([0-9A-Fa-f]+)>\s*<[0-9A-Fa-f]+>", block)
    }
    wide: set[int] = set()
    listed = list(font.DescendantFonts[0].W)
    for at in range(0, len(listed), 2):
        wide |= set(range(int(listed[at]), int(listed[at]) + len(listed[at + 1])))
    return readable, wide
