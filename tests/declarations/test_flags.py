"""Flags: which check looks at which entries, and that nothing evaluated reads one."""

import pytest

from app.domain.kinds.flag import LOOKED_AT
from tests.declarations.community import loaded, told

FLAG = """\
flag: twice
of: {form: visit, where: {channel: home}}
check: same_time
with: {minutes: 2}
apart: [grid]
"""
NOTED = "form: noted\nabout: household\nfields:\n  words: {type: text}\n  number: {type: integer}\n"


def faults(text: str) -> list[str]:
    result = loaded({"rules/twice.yaml": text, "forms/noted.yaml": NOTED})
    return [line.removeprefix("rules/twice.yaml:") for line in told(result) if "W210" not in line]


def test_a_flag_is_read_with_its_sources_figures_and_columns() -> None:
    found = loaded({"rules/twice.yaml": FLAG}).regulation
    assert found is not None
    flag = found.flags["twice"]
    assert ([source.table for source in flag.of], flag.check, flag.apart) == (
        ["visit"],
        "same_time",
        ("grid",),
    )
    assert [(name, [one.values[0][1] for one in figures]) for name, figures in flag.given] == [
        ("minutes", [2])
    ]
    texts = FLAG.replace("same_time", "cloned_text").replace("with: {minutes: 2}\napart: [grid]\n", "")
    texts = texts.replace("{form: visit, where: {channel: home}}", "noted")
    words = loaded({"rules/twice.yaml": texts, "forms/noted.yaml": NOTED})
    assert words.regulation is not None, told(words)
    assert words.regulation.flags["twice"].fields == (("noted", "words"),)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("form: visit", "form: visits", ["2:12 E102"]),
        ("{form: visit, where: {channel: home}}", "monthly_call", ["2:5 E102"]),
        ("{form: visit, where: {channel: home}}", "[visit, meetings]", ["2:13 E102"]),
        ("channel: home", "subject.grid: g1", ["2:26 E107"]),
        ("channel: home", "channel: horse", ["2:36 E102"]),
        ("same_time", "same_tim", ["3:8 E102"]),
        ("minutes: 2", "minuts: 2", ["4:8 E102"]),
        ("minutes: 2", "minutes: 0", ["4:17 E127"]),
        ("apart: [grid]", "apart: [gird]", ["5:8 E102"]),
        ("apart: [grid]", "fields: [hannel]", ["5:9 E102"]),
        ("apart: [grid]", "fields: [channel]", ["5:9 E103"]),
        ("check: same_time\nwith: {minutes: 2}", "check: cloned_file", ["1:1 E106"]),
    ],
)
def test_a_fault_of_a_flag_is_told_where_it_stands(old: str, new: str, expected: list[str]) -> None:
    assert old in FLAG
    assert faults(FLAG.replace(old, new)) == expected


READERS = {
    "sheet": "sheet: reads\nfor_each: household\nevery: year\n"
    "items: {i: {max: 1, lines: {l: {deduct: 1, for_each: TABLE}}}}\n",
    "rule": "rule: reads\nfor_each: TABLE\nthen: {finding: reads}\n",
    "fact": "rule: reads\nfor_each: visit\nfacts: {n: {count: TABLE}}\nwhen: {n: {over: 1}}\nthen: {finding: reads}\n",
    "indicator": "indicator: reads\nper: community\nevery: year\nmeasure: count\nof: TABLE\nempty: zero\n",
    "duty": "duty: reads\nfor_each: household\nevery: year\nmet_by: TABLE\n",
    "deadline": "duty: reads\nfor_each: TABLE\nowed_by: by\nwithin: 3 days\nmet_by: visit\n",
    "table": "table: reads\nfrom: TABLE\n",
    "tally": "table: reads\nfrom: visit\nsteps: [{tally: {of: TABLE, set: {n: count()}}}]\n",
    "appraisal": "appraisal: reads\nfor_each: household\nevery: year\n"
    "parts: {s: {weight: 100%, from: TABLE}}\ngrades: {x: {}}\n",
    "share": "sheet: reads\nfor_each: household\nevery: year\n"
    "items: {i: {max: 1, lines: {l: {share_of: TABLE}}}}\n",
    "gate": "sheet: reads\nfor_each: household\nevery: year\n"
    "items: {i: {max: 1, requires: {table: TABLE, times: 1}, lines: {l: {add: 1, for_each: visit}}}}\n",
    "waiver": "duty: reads\nfor_each: household\nevery: year\nmet_by: visit\nwaived_by: {table: TABLE, times: 3}\n",
    "case": "case: reads\nas_of: 2025-01-01\nperiod: 2024\nexpect: [{in: TABLE, rows: 0}]\n",
}


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize("table", ["twice", LOOKED_AT])
def test_nothing_that_is_evaluated_reads_a_flag_or_what_came_of_looking(reader: str, table: str) -> None:
    name = "rules/reads.case.yaml" if reader == "case" else "rules/reads.yaml"
    result = loaded({"rules/twice.yaml": FLAG, name: READERS[reader].replace("TABLE", table)})
    found = [problem.code for problem in result.problems]
    if reader == "case" and table == "twice":
        assert found == []  # a case may look at what a flag finds
    else:
        assert "E135" in found
        assert result.regulation is None
