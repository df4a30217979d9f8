# ruff: noqa: E501 - the lines of another typesetter's source
"""Prints a batch of three-page appraisals, and the same content by Typst: `python -m tests.bench.appraisal_print [N]`.

The same fonts, rows, pages and extracted text; CPU seconds of both in one run, ours with the single files besides.
"""

import io
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import typst
from pypdf import PdfReader

from app.i18n import Translator
from app.printing import WeasyPrinter
from app.printing.files import About
from app.printing.press import Press
from app.printing.setting import Order, Sheet, families, make
from app.printing.values import appraisal_values
from app.services.ports import AppraisalDocument, PrintedBar, PrintedItem, PrintedLine
from app.services.prints.batches import TOGETHER

MANY = 100
NAMES = "喆玥堃燊䶮𬭎王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
CLAUSE = "每季度至少上门走访特殊户一次，做好记录，发现问题及时上报。"
RULE = "每一户（家庭类别：特殊户），每季度至少要有一次“走访记录”（上门，见到）。"


def name_of(number: int) -> str:
    """Return an invented name."""
    return NAMES[6 + number % 20] + NAMES[number % 6] + NAMES[(number * 7) % 26]


def document(number: int) -> AppraisalDocument:
    """Return an invented appraisal of three pages: 18 rows of scores, 30 of evidence, a chart, a code."""
    lines = tuple(
        PrintedLine(
            f"{n + 1}-{number % 9 + 1}-{n * 100 + 1}",
            name_of(number + n),
            f"第{n % 4 + 1}季度",
            "× 漏办",
            "−0.5",
        )
        for n in range(10)
    )
    items = []
    for section in range(6):
        items.append(
            PrintedItem(
                ("s", f"a{section}"), f"第{section + 1}部分", "20", "18.5", "", "", "", (), "", (), leaf=False
            )
        )
        for part in range(2):
            leaf = part == 0 and section % 2 == 0
            items.append(
                PrintedItem(
                    ("s", f"a{section}", f"b{part}"), f"第{section + 1}部分之{part + 1}", "10", "7.5", f"办法 第{section + 1}条",
                    CLAUSE, RULE, (f"每漏一户次扣 0.5 分（第{section + 1}条）",), "10 − 5 × 0.5 = 7.5", lines if leaf else (),
                    leaf=leaf,
                )
            )  # fmt: skip
    bars = tuple(
        PrintedBar(f"第{n + 1}部分", "18.5", "17", 925, 850, "柳岸社区 32 人的中位数") for n in range(4)
    )
    return AppraisalDocument(
        title="网格员年度考核", community="柳岸社区", period="2025 年度", person=name_of(number), post="网格负责人",
        place="第三网格", as_of="2026年1月5日", score="86.5", maximum="100", grade="良好", state="computed",
        parts=(("履职得分", "100%", "86"),), items=tuple(items), findings=(), regulation_hash="a" * 64, ledger_hash="b" * 64,
        created=datetime(2026, 1, 5, tzinfo=UTC), check=f"7F3A-19C2-{number:04d}", bars=bars,
        trace=f"https://grid.example.org/appraisals/year/2025/trace/w-{number}",
    )  # fmt: skip


# ---- ours ----------------------------------------------------------------------------------------------------------
def orders(many: int) -> Iterator[tuple[Order, list[dict[str, Any]]]]:
    """Yield the orders of a batch, with the values that they are printed from."""
    t = Translator("zh")
    for at in range(0, many, TOGETHER):
        documents = [document(number) for number in range(at, min(at + TOGETHER, many))]
        values = [appraisal_values(one, t) for one in documents]
        sheets = [
            Sheet(value, About(one.title, one.community, one.created, "zh-CN"))
            for value, one in zip(values, documents, strict=True)
        ]
        yield Order(WeasyPrinter.files({}), "appraisal", sheets), values


# ---- Typst ---------------------------------------------------------------------------------------------------------
def said(text: object) -> str:
    """Return a text as Typst's code has it."""
    return json.dumps(str(text), ensure_ascii=False)


def cells(rows: list[list[str]]) -> str:
    """Return the cells of a table."""
    return ", ".join(said(cell) for row in rows for cell in row)


def typst_of(values: Mapping[str, Any], number: int) -> Iterator[str]:
    """Yield the source of one appraisal, block by block as our template has it."""
    document, words = values["document"], values["words"]
    page = f"counter(page).display() + {said(words['page_between'])} + str(counter(page).at(<end{number}>).first())"
    yield f"""#set page(paper: "a4", margin: (x: 18mm, top: 20mm, bottom: 18mm),
header: context if here().page() > locate(<begin{number}>).page() {{ align(center, text(size: 9pt, {said(document["header"])})) }},
footer: context text(size: 9pt, grid(columns: (1fr, 1fr, 1fr), {said(document["unit"])},
 align(center, {said(document["check"])}), align(right, {said(words["page_before"])} + {page} + {said(words["page_after"])}))))
#counter(page).update(1)
#metadata(none) <begin{number}>
#align(center, text(size: 19pt, weight: "bold", font: serif, {said(document["title"])}))
#align(center, text({said(document["sub"])}))
#align(center, text({said(document["as_of"])}))
"""
    rows = [[item["title"], item["max"], item["points"]] for item in document["items"]]
    rows += [[part["title"], "", part["score"]] for part in document["parts"]]
    rows.append([f"{words['total']} {document['grade']}", document["maximum"], document["score"]])
    head = [[words["item"], words["max"], words["points"]]]
    yield f"#table(columns: (62%, 19%, 19%), stroke: (y: 0.25mm), inset: 2mm, {cells(head + rows)})\n"
    yield f'#text(size: 12pt, weight: "bold", {said(words["chart"])})\n'
    for bar in document["bars"]:
        yield (
            f"#block(height: 5mm, spacing: 0mm)[#place(text(size: 9pt, {said(bar['title'])}))"
            f"#place(dx: 55mm, rect(width: 85mm, height: 3mm, stroke: 0.5pt))"
            f"#place(dx: 55mm, rect(width: {bar['share'] * 85 / 1000}mm, height: 3mm, fill: gray))"
            f"#place(dx: {55 + bar['median_share'] * 85 / 1000}mm, line(angle: 90deg, length: 4.5mm))"
            f"#place(dx: 142mm, text(size: 9pt, {said(bar['points'] + ' | ' + bar['median'])}))]\n"
        )
    yield f"#text(size: 9.5pt, {said('▆ ' + words['own'] + '　| ' + document['bars'][0]['of'])})\n"
    for item in document["items"]:
        if not item["leaf"]:
            continue
        yield f'#text(size: 12pt, weight: "bold", {said(item["title"] + "　" + item["points"] + " / " + item["max"])})\n\n'
        yield f"#block(stroke: (left: 1mm), inset: (left: 4mm), text(font: serif, {said(item['clause'] + ' ' + item['clause_text'])}))\n"
        for name, text in (
            ("rule", item["rule"]),
            ("figures", words["semicolon"].join(item["figures"])),
            ("arithmetic", item["arithmetic"]),
        ):
            yield f"#block(text(size: 9.5pt, {said(words[name] + '：' + text)}))\n"
        if item["lines"]:
            titles = [words[name] for name in ("number", "plate", "name", "window", "state", "row_points")]
            listed = [
                [str(at), line["plate"], line["name"], line["period"], line["state"], line["points"]]
                for at, line in enumerate(item["lines"], 1)
            ]
            yield f"""#text(size: 9.5pt, table(columns: (9fr, 24fr, 40fr, 34fr, 28fr, 16fr), stroke: (y: 0.25mm), inset: 1.4mm,
 table.header(repeat: false, {cells([titles])}), {cells(listed)}))\n"""
    for name in ("summaries", "comments"):
        yield f'#text(size: 12pt, weight: "bold", {said(words[name])})\n#rect(width: 100%, height: 20mm)\n'
    yield f'#text(size: 12pt, weight: "bold", {said(words["appeals"])})\n\n#text({said(words["no_appeals"])})\n\n'
    yield f"#text({said(document['objection'])})\n#v(14mm)\n"
    signs = [[words["sign_person"], words["sign_lead"], words["seal"] + words["date"]]]
    yield f"#grid(columns: (1fr, 1fr, 1fr), {cells(signs)})\n"
    code = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {document["qr"]["size"]} {document["qr"]["size"]}"><path d="{document["qr"]["path"]}"/></svg>'
    yield f'#image(bytes({said(code)}), format: "svg", width: 24mm)\n#text(size: 8pt, {said(words["trace"])})\n\n'
    for label, text in (("regulation", document["regulation_hash"]), ("ledger", document["ledger_hash"])):
        yield f"#text(size: 9.5pt, {said(words[label] + ' ' + text)})\n\n"
    yield f"#text(size: 9.5pt, {said(words['hashes'])}) #metadata(none) <end{number}>\n#pagebreak(weak: true)\n"


def typst_source(values: list[dict[str, Any]]) -> str:
    """Return all appraisals as one source."""
    sans, serif = (str(families()[name]).strip('"') for name in ("sans", "serif"))
    head = f'#let serif = "{serif}"\n#set text(font: "{sans}", size: 10.5pt, lang: "zh")\n#set par(leading: 0.55em, spacing: 0.6em)\n'
    return head + "".join(piece for number, one in enumerate(values) for piece in typst_of(one, number))


# ---- both ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Compared:
    """CPU seconds for each appraisal, how many pages each has, and whether the texts are the same."""

    ours: float
    typst: float
    pages: tuple[float, float]
    same: bool
    peak_mb: int


def letters(content: bytes) -> Counter[str]:
    """Return the letters of a PDF's text, blanks left out."""
    return Counter(
        letter
        for page in PdfReader(io.BytesIO(content)).pages
        for letter in page.extract_text()
        if letter.strip()
    )


def measure(many: int = MANY) -> Compared:
    """Print both, ours in this process, and once more in the printing process for its memory."""
    make(next(orders(1))[0])  # fonts and templates are loaded once a process
    typst.compile(typst_source(next(orders(1))[1]).encode())
    start = time.process_time()
    made = [make(order) for order, _ in orders(many)]
    ours = time.process_time() - start
    source = typst_source([value for _, values in orders(many) for value in values]).encode()
    start = time.process_time()
    other = typst.compile(source)
    theirs = time.process_time() - start
    assert isinstance(other, bytes)
    pages = sum(sum(one.pages) for one in made), len(PdfReader(io.BytesIO(other)).pages)
    found: Counter[str] = sum((letters(one.together) for one in made), Counter())
    press = Press()
    for order, _ in orders(many):
        press.make(order)
    press.end()
    return Compared(
        ours / many,
        theirs / many,
        (pages[0] / many, pages[1] / many),
        found == letters(other),
        press.peak_kb // 1024,
    )


def told(many: int = MANY) -> tuple[str, bool]:
    """Return the figures in words, and whether both have the same pages and text."""
    found = measure(many)
    words = (
        f"{many} appraisals: ours {found.ours:.3f} s each, {found.pages[0]:.2f} pages; typst {found.typst:.3f} s each, "
        f"{found.pages[1]:.2f} pages; ratio {found.ours / found.typst:.1f}; same text {found.same}; "
        f"peak of the printing process {found.peak_mb} MB"
    )
    return words, found.same and found.pages[0] == found.pages[1]


def main(many: int) -> None:
    """Tell the figures."""
    sys.stdout.write(told(many)[0] + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
