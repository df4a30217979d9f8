"""A list of households as a community keeps it in a workbook: invented people, and faults at known cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final

from stdnum.cn import ric
from xlsxwriter import Workbook

TITLES: Final = (
    "序号", "所属网格", "楼栋", "门牌", "户主姓名", "户主身份证号", "户口性质", "工作单位", "联系电话", "家庭人口",
    "特殊群体", "迁出日期", "发生时间",
)  # fmt: skip
A, GRID, BUILDING, DOOR, HEAD, CARD, KIND, EMPLOYER, PHONE, MEMBERS, SPECIAL, LEFT, SINCE = range(13)
BUILDINGS: Final = 31
FLATS: Final = 50
_SURNAMES: Final = "陈何梁谢许周马沈罗邓冯曾"
_GIVEN: Final = ("桂芳", "建国", "玉珍", "秀兰", "晓梅", "春生", "志强", "若兰", "国平", "丽华", "文杰")
_KINDS: Final = ("本地城镇", "外地户口", "Local rural", "集体户口")
_GROUPS: Final = ("", "", "", "低保户家庭", "空巢家庭、残疾人家庭", "单亲家庭", "none")
_WORK: Final = ("退休", "东湖机械厂", "", "个体")

Cells = list[object]


@dataclass(frozen=True, slots=True)
class Seed:
    """A kind of fault: what it does to a row's cells, the column that it is told at, its code."""

    spoil: Callable[[Cells], None]
    column: int
    code: str


def _set(column: int, value: object) -> Callable[[Cells], None]:
    def spoil(cells: Cells) -> None:
        cells[column] = value

    return spoil


SEEDS: Final = (
    Seed(_set(GRID, "第九十九网格"), GRID, "E463"),
    Seed(_set(HEAD, ""), HEAD, "E701"),
    Seed(_set(CARD, 110101198001011230.0), CARD, "E460"),
    Seed(_set(CARD, "110101198001011231"), CARD, "E713"),
    Seed(_set(DOOR, date(2003, 2, 1)), DOOR, "E461"),
    Seed(_set(KIND, "不详"), KIND, "E463"),
    Seed(_set(PHONE, "无电话"), PHONE, "E714"),
    Seed(_set(MEMBERS, "两三口"), MEMBERS, "E462"),
    Seed(_set(MEMBERS, 45), MEMBERS, "E712"),
    Seed(_set(MEMBERS, "=1+2"), MEMBERS, "E467"),
    Seed(_set(SPECIAL, "低保户家庭、独居"), SPECIAL, "E463"),
    Seed(_set(LEFT, "3/4/2025"), LEFT, "E462"),
)


def households() -> Iterator[Cells]:
    """Yield 1,550 households, one a flat."""
    for number in range(BUILDINGS * FLATS):
        building, flat = divmod(number, FLATS)
        entrance, rest = divmod(flat, 25)
        floor, side = divmod(rest, 5)
        born = date(1940 + number % 60, number % 12 + 1, number % 28 + 1)
        body = f"110101{born:%Y%m%d}{number % 1000:03d}"
        yield [
            number + 1,
            f"第{'一二三四五六七八'[building % 8]}网格",
            f"{building + 101}号楼",
            f"{building + 101}-{entrance + 1}-{floor + 1}0{side + 1}",
            f"{_SURNAMES[number % 12]}{_GIVEN[number % 11]}",
            f"{body}{ric.calc_check_digit(body + '0')}" if number % 3 else "",
            _KINDS[number % 4],
            _WORK[number % 4],
            13_800_000_000 + number if number % 2 else "",
            number % 6 + 1 if number % 5 else f"{number % 6 + 1}人",
            _GROUPS[number % 7],
            date(2026, 1, 1 + number % 28) if number % 97 == 0 else "",
            date(2024, 5, 1) if number % 97 == 0 else "",
        ]


def seeded(rows: Sequence[Cells], each: int) -> list[tuple[int, int, str]]:
    """Spoil `each` rows for every kind of fault; return (index of the row, column, code)."""
    found = []
    step = len(rows) // (each * len(SEEDS))
    for number in range(each * len(SEEDS)):
        seed = SEEDS[number % len(SEEDS)]
        at = number * step + step // 2
        seed.spoil(rows[at])
        found.append((at, seed.column, seed.code))
    return found


def workbook(rows: Sequence[Cells]) -> bytes:
    """Return the rows as a workbook: a heading, the titles, the households."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}
    book = Workbook(stream, options)
    sheet = book.add_worksheet("家庭台账")
    sheet.merge_range(0, 0, 0, len(TITLES) - 1, "家庭台账（样表）")
    sheet.write_row(1, 0, TITLES)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row):
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(number, column, value, None, 3)
            elif isinstance(value, date):
                sheet.write_datetime(number, column, value)
            elif value != "":
                sheet.write(number, column, value)
    book.close()
    return stream.getvalue()
