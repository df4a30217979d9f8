"""Prints a register of 1,550 rows, and the same rows as one naive table: `python -m tests.bench.register_print [ROWS]`.

CPU seconds of both in one run, the naive table first, and what a first small print costs before them.
"""

import sys
import time
from datetime import UTC, datetime
from html import escape
from random import Random

import weasyprint

from app.i18n import Translator
from app.printing import WeasyPrinter
from app.printing.files import About
from app.printing.setting import Order, Sheet, make
from app.printing.values import register_values, shown
from app.services.lists import MASKED, PrintedRegister

ROWS = 1_550
NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
NOTES = ("", "子女在外地，每周电话联系一次，行动不便", "租户", "党员户")
GROUPS = ("独居", "残疾、低保", "", "空巢、高龄")
COLUMNS = (
    ("门牌", 8), ("户主", 8), ("身份证号", 14), ("电话", 10), ("人口", 5), ("特殊群体", 14), ("网格", 9), ("备注", 18)
)  # fmt: skip


def register(rows: int) -> PrintedRegister:
    """Return an invented register."""
    draw = Random(7)  # noqa: S311 - invented rows, the same in every run
    made = [
        (
            f"{n % 9 + 1}-{n % 4 + 1}-{n % 6 + 1:02}",
            draw.choice(NAMES) + draw.choice(NAMES),
            MASKED,
            MASKED,
            n % 6 + 1,
            draw.choice(GROUPS),
            f"第{n % 8 + 1}网格",
            draw.choice(NOTES),
        )
        for n in range(rows)
    ]
    return PrintedRegister(
        "居民户登记台账", "柳岸社区", "截至今日", "制表今日", f"共 {rows} 行", "序", COLUMNS, tuple(made),
        ("填表人", "审核人"), "zh", datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def naive(found: PrintedRegister) -> str:
    """Return the same rows as one table without a style of its own but lines and the font."""
    t = Translator("zh")
    style = (
        "@page{size:A4 landscape;margin:14mm}body{font:9.5pt 'Noto Sans CJK SC',sans-serif}"
        "table{border-collapse:collapse;width:100%}td,th{border:0.2mm solid #000;padding:1mm}"
    )
    head = "".join(f"<th>{escape(title)}</th>" for title, _ in found.columns)
    rows = "".join(
        f"<tr><td>{number}</td>" + "".join(f"<td>{escape(shown(cell, t))}</td>" for cell in row) + "</tr>"
        for number, row in enumerate(found.rows, 1)
    )
    return f"<style>{style}</style><h1>{found.title}</h1><table><thead><tr><th>序</th>{head}</tr></thead>{rows}</table>"


def ours(found: PrintedRegister) -> bytes:
    """Return the register as the app prints it, in this process."""
    about = About(found.title, found.place, found.created, "zh-CN")
    sheet = Sheet(register_values(found, Translator("zh")), about)
    return make(Order(WeasyPrinter.files({}), "register", [sheet])).singles[0]


def told(rows: int = ROWS) -> str:
    """Print both and return the CPU seconds in words."""
    ours(register(5))
    found = register(rows)
    start = time.process_time()
    plain = weasyprint.HTML(string=naive(found)).write_pdf()
    middle = time.process_time()
    own = ours(found)
    end = time.process_time()
    return (
        f"{rows} rows: naive {middle - start:.2f} s, {len(plain) // 1024} kB; "
        f"register {end - middle:.2f} s, {len(own) // 1024} kB; ratio {(end - middle) / (middle - start):.2f}"
    )


def main(rows: int) -> None:
    """Tell the figures."""
    sys.stdout.write(told(rows) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
