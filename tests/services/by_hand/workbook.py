"""Writes `xinglin_2025.xlsx`: the year of five invented social workers, worked out by hand under S3's appraisal.

It shares nothing with the application: the figures come from the clauses, and are worked out here with fractions and in
the cells by their own formulas. Run it as `python -m tests.services.by_hand.workbook` after changing something.
"""

from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

FILE = Path(__file__).with_name("xinglin_2025.xlsx")

WORKERS = (("w1", "程一鸣"), ("w2", "罗二妹"), ("w3", "邱三省"), ("w4", "万四维"), ("w5", "侯五常"))
FIRST, LAST = 4, 8
"""The rows of the five workers on every sheet."""

COUNTED = (
    # on time, late; agreed, failed; satisfied, not; accurate, not; salary in December
    (19, 1, 4, 0, 6, 0, 5, 0, "5683.47"),
    (7, 1, 3, 0, 4, 0, 9, 0, "6100"),
    (2, 0, 7, 1, 1, 0, 3, 0, "5420.50"),
    (2, 1, 0, 0, 5, 1, 6, 1, "4990"),
    (1, 2, 1, 1, 2, 3, 1, 6, "4350"),
)
ANSWERS = (
    # What each respondent gives the five; None: didn't judge that one.
    (95, 90, 92, 80, 55),
    (96, 92, 90, 75, 40),
    (97, 88, 94, 81, 61),
    (94, 94, 88, 68, 30),
    (98, 91, 91, 90, 52),
    (93, 91, 91, 77, 47),
    (95, 92, 90, 82, 58),
    (95, 90, 92, 66, 33),
    (None, 92, 92, 71, 49),
    (None, 92, 92, 79, 51),
    (None, 89, 89, 85, 44),
    (None, 91, 91, 60, 60),
)
ADULTS = 100
FULL, SCARCE = 12, 9
PARAMETERS = (
    ("street", "街道考核占比", Fraction(40, 100), "三、1：街道考核占40%"),
    ("residents", "居民评价占比", Fraction(60, 100), "三、1：居民评价占60%"),
    ("coverage", "居民评价最低覆盖率", Fraction(10, 100), "三、1：覆盖10%以上居民"),
    ("each", "街道考核每项满分", Fraction(25), "原文没有；暂定四项各25分"),
    ("all", "街道考核总分", Fraction(100), "四项之和"),
    ("excellent", "优秀分数线", Fraction(90), "原文没有；暂定90分"),
    ("pass", "合格分数线", Fraction(60), "原文没有；暂定60分"),
    ("quota", "优秀名额比例", Fraction(20, 100), "原文没有；暂定20%，向下取整"),
    ("least", "优秀至少人数", Fraction(1), "原文没有；暂定1人"),
    ("reward", "绩效奖励占月工资", Fraction(20, 100), "三、3：月工资的20%"),
)
AT = {key: f"参数!$B${row}" for row, (key, *_) in enumerate(PARAMETERS, 2)}
GIVEN = {key: value for key, _, value, _ in PARAMETERS}
NONE, NOT_COMPUTABLE = "不适用", "不可计算"
ITEMS = (("B", "C"), ("D", "E"), ("F", "G"), ("H", "I"))
"""The columns of the sheet 台账 whose first is what went well and whose second is the rest."""


def rounded(value: Fraction) -> Fraction:
    """Round to cents, half up; nothing here is below zero."""
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


def years(respondents: int) -> list[dict[str, Any]]:
    """Work out the five years with fractions, step by step as the clauses say."""
    found: list[dict[str, Any]] = []
    reached = Fraction(respondents, ADULTS) >= GIVEN["coverage"]
    for at, counts in enumerate(COUNTED):
        items: list[Fraction | None] = []
        for well, rest in (counts[0:2], counts[2:4], counts[4:6], counts[6:8]):
            whole = int(well) + int(rest)
            items.append(Fraction(int(well), whole) * GIVEN["each"] if whole else None)
        here = [points for points in items if points is not None]
        street = sum(here, Fraction(0)) * GIVEN["all"] / (len(here) * GIVEN["each"])
        said = [row[at] for row in ANSWERS[:respondents]]
        scores = [Fraction(score) for score in said if score is not None]
        residents = sum(scores, Fraction(0)) / len(scores)
        exact = rounded(street) * GIVEN["street"] + residents * GIVEN["residents"]
        found.append(
            {
                "items": items,
                "street": street,
                "points": rounded(street),
                "residents": residents,
                "exact": exact if reached else None,
                "score": rounded(exact) if reached else None,
                "salary": Fraction(str(counts[8])),
            }
        )
    judged = [year["score"] for year in found if year["score"] is not None]
    places = max(int(GIVEN["quota"] * len(judged)), int(GIVEN["least"]))
    for year in found:
        score = year["score"]
        if score is None:
            year.update(dict.fromkeys(("rank", "before", "grade", "reward"), NOT_COMPUTABLE))
            continue
        year["rank"] = 1 + sum(other > score for other in judged)
        worst = year["rank"] + judged.count(score) - 1
        year["before"] = (
            "优秀" if score >= GIVEN["excellent"] else "合格" if score >= GIVEN["pass"] else "不合格"
        )
        year["grade"] = "合格" if year["before"] == "优秀" and worst > places else year["before"]
        year["reward"] = rounded(year["salary"] * GIVEN["reward"]) if year["grade"] == "优秀" else Fraction(0)
    return found


def _number(value: Any) -> Any:
    """Return what a cell keeps: a fraction as the nearest number that a spreadsheet has."""
    return float(value) if isinstance(value, Fraction | int) else value


def _head(book: Any, name: str, title: str, heads: tuple[str, ...], notes: tuple[str, ...]) -> Any:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    small = book.add_format({"italic": True, "font_color": "#555555", "text_wrap": True, "valign": "top"})
    sheet.write(0, 0, title, bold)
    sheet.write_row(1, 0, heads, bold)
    sheet.write_row(2, 0, notes, small)
    sheet.set_column(0, len(heads), 15)
    sheet.freeze_panes(3, 1)
    return sheet


def _parameters(book: Any) -> None:
    sheet = book.add_worksheet("参数")
    sheet.write_row(0, 0, ("参数", "数值", "依据"), book.add_format({"bold": True}))
    for row, (_, title, value, source) in enumerate(PARAMETERS, 1):
        sheet.write_row(row, 0, (title, _number(value), source))
    sheet.set_column(0, 0, 22)
    sheet.set_column(2, 2, 44)


def _counted(book: Any) -> None:
    heads = (
        *("社工", "按时上报", "未按时", "调解成功", "调解不成", "满意", "不满意", "准确", "不准确"),
        *("十二月月工资", "编号"),
    )
    notes = ("", *("复杂事项五个工作日内",) * 2, *("达成协议与调解不成",) * 2, *("特殊群体满意度",) * 2)
    sheet = _head(
        book, "台账", "2025年台账里数出来的", heads, (*notes, *("数据抽查",) * 2, "奖励按十二月计算")
    )
    for row, ((key, name), counts) in enumerate(zip(WORKERS, COUNTED, strict=True), FIRST - 1):
        sheet.write_row(row, 0, (name, *(int(count) for count in counts[:8]), float(str(counts[8])), key))


def _answers(book: Any, name: str, respondents: int) -> None:
    sheet = _head(
        book,
        name,
        f"居民评价：常住成年居民{ADULTS}人，{respondents}人参加",
        ("评价人", *(name for _, name in WORKERS)),
        ("每人对每名社工一年一次", *("0至100分",) * 5),
    )
    for at, said in enumerate(ANSWERS[:respondents]):
        sheet.write_row(FIRST - 1 + at, 0, (f"r{at + 1:02}", *said))
    last = FIRST - 1 + respondents
    reached = Fraction(respondents, ADULTS) >= GIVEN["coverage"]
    for row, (label, formula, value) in enumerate(
        (
            ("常住成年居民", None, ADULTS),
            ("参加评价的人", f"=COUNTA(A{FIRST}:A{last})", respondents),
            ("覆盖率", "=I5/I4", Fraction(respondents, ADULTS)),
            ("达到最低覆盖率", f'=IF(I6>={AT["coverage"]},"是","否")', "是" if reached else "否"),
        ),
        FIRST,
    ):
        sheet.write(f"H{row}", label)
        if formula is None:
            sheet.write(f"I{row}", value)
        else:
            sheet.write_formula(f"I{row}", formula, None, _number(value))
    sheet.set_column(7, 7, 18)


def _year(book: Any, name: str, answers: str, respondents: int) -> None:
    heads = (
        *("社工", "按时办结", "矛盾调解", "满意度", "数据准确", "街道（未取整）", "街道考核", "居民评价"),
        *("总分（未取整）", "总分", "名次", "等次（未限名额）", "优秀名额", "等次", "绩效奖励", "编号"),
    )
    notes = (
        *("", "比率×25", "比率×25", "比率×25", "比率×25", "没有的项目不计，余下的换算成100分"),
        *("保留两位，四舍五入", "平均分", "街道×40%+居民×60%；覆盖率不足不可计算", "保留两位，四舍五入"),
        *("同分同名次", "90、60", "人数×20%向下取整，至少1人", "名额外的下一等次；名额处同分的都不占"),
        *("优秀者十二月月工资×20%", ""),
    )
    sheet = _head(book, name, f"2025年度考核（{respondents}%覆盖）", heads, notes)
    scores = f"$J${FIRST}:$J${LAST}"
    for at, (worker, year) in enumerate(zip(WORKERS, years(respondents), strict=True)):
        row = FIRST + at
        sheet.write(f"A{row}", worker[1])
        column = "BCDEF"[at]
        cells: list[tuple[str, str, Any]] = []
        for letter, (well, rest), points in zip("BCDE", ITEMS, year["items"], strict=True):
            of = f"台账!{well}{row}/(台账!{well}{row}+台账!{rest}{row})"
            formula = f'=IF(台账!{well}{row}+台账!{rest}{row}=0,"{NONE}",{of}*{AT["each"]})'
            cells.append((letter, formula, NONE if points is None else points))
        off = f'"{NOT_COMPUTABLE}"'
        mean = f"{answers}!{column}{FIRST}:{column}{FIRST - 1 + respondents}"
        weighed = f"G{row}*{AT['street']}+H{row}*{AT['residents']}"
        worst = f"K{row}+COUNTIF({scores},J{row})-1"
        grades = f'IF(J{row}>={AT["excellent"]},"优秀",IF(J{row}>={AT["pass"]},"合格","不合格"))'
        cells += [
            (
                "F",
                f"=SUM(B{row}:E{row})*{AT['all']}/(COUNT(B{row}:E{row})*{AT['each']})",
                year["street"],
            ),
            ("G", f"=ROUND(F{row},2)", year["points"]),
            ("H", f"=AVERAGE({mean})", year["residents"]),
            ("I", f'=IF({answers}!$I$7="是",{weighed},{off})', year["exact"]),
            ("J", f"=IF(ISNUMBER(I{row}),ROUND(I{row},2),{off})", year["score"]),
            ("K", f"=IF(ISNUMBER(J{row}),RANK(J{row},{scores}),{off})", year["rank"]),
            (
                "L",
                f"=IF(ISNUMBER(J{row}),{grades},{off})",
                year["before"],
            ),
            (
                "M",
                f"=MAX(INT({AT['quota']}*COUNT({scores})),{AT['least']})",
                max(int(GIVEN["quota"] * (5 if year["score"] is not None else 0)), 1),
            ),
            ("N", f'=IF(AND(L{row}="优秀",{worst}>M{row}),"合格",L{row})', year["grade"]),
            (
                "O",
                f'=IF(ISNUMBER(J{row}),IF(N{row}="优秀",ROUND(台账!J{row}*{AT["reward"]},2),0),{off})',
                year["reward"],
            ),
        ]
        for letter, formula, value in cells:
            told = NOT_COMPUTABLE if value is None else _number(value)
            sheet.write_formula(f"{letter}{row}", formula, None, told)
        sheet.write(f"P{row}", worker[0])


def written() -> bytes:
    """Return the workbook's file; the same bytes each time."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties(
        {"title": "杏林社区2025年度考核（手工计算）", "created": datetime(2026, 1, 5, tzinfo=UTC)}
    )
    _parameters(book)
    _counted(book)
    for name, respondents in (("12", FULL), ("9", SCARCE)):
        _answers(book, f"评价{name}", respondents)
        _year(book, f"考核{name}", f"评价{name}", respondents)
    book.close()
    return held.getvalue()


if __name__ == "__main__":
    FILE.write_bytes(written())
