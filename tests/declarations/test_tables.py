"""Faults of declared tables: each told at its place, none with a traceback."""

import pytest

from tests.declarations.community import loaded, told

START = "table: t\nfrom: visit\nsteps:\n"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("  - {}\n", "4:5 E106"),
        ("  - where: {channel: home}\n    set: {a: 1}\n", "5:5 E103"),
        ("  - where: {minutes: {over: 3}}\n", "4:12 E113"),
        ("  - where: {minutes: {over: 3}}\n    undecided: keep\n", "5:16 E102"),
        ("  - set: {a: 1}\n    undecided: hold\n", "5:5 E102"),
        ("  - set: {channel: 1}\n", "4:11 E101"),
        ("  - set: {a: chanel}\n", "4:14 E102"),
        ("  - set: {a: {channel: home}}\n  - set: {a: 1}\n", "5:11 E101"),
        ("  - per: chanel\n", "4:10 E102"),
        ("  - per: {a: subject}\n    set: {n: channel}\n", "5:14 E112"),
        ("  - per: {a: subject}\n    set: {n: 1 + 1}\n", "5:14 E112"),
        ("  - per: {a: subject}\n    set: {n: sum(channel)}\n", "5:14 E103"),
        ("  - per: {a: subject}\n    set: {n: sum(chanel)}\n", "5:18 E102"),
        ("  - per: {a: subject}\n    set: {n: count(channel)}\n", "5:14 E103"),
        ("  - per: {a: subject}\n    set: {n: sum(minutes) / b}\n", "5:29 E102"),
        ("  - per: {a: subject}\n    set: {n: 'count('}\n", "5:15 E105"),
        ("  - per: {a: subject}\n    set: {n: {sum: minutes, of: 3}}\n", "5:29 E102"),
        ("  - per: {a: subject}\n    set: {n: {where: {channel: home}}}\n", "5:11 E106"),
        ("  - per: {a: subject}\n    set: {n: {sum: [minutes]}}\n", "5:20 E103"),
        ("  - per: {a: subject}\n    set: {n: {sum: mins}}\n", "5:20 E102"),
        ("  - per: {a: subject}\n    set: {n: {count: rows, where: {chanel: home}}}\n", "5:36 E102"),
        ("  - per: minutes\n    set: {n: count}\n", "4:10 E113"),
        ("  - tally: {of: meeting, set: {n: count}}\n", "4:17 E111"),
        ("  - tally: {of: meting, set: {n: count}}\n", "4:17 E102"),
        ("  - tally: {of: visit, on: [chanel], set: {n: count}}\n", "4:28 E102"),
        ("  - tally: {of: meeting, on: [channel], set: {n: count}}\n", "4:30 E102"),
        ("  - tally: {of: visit, on: {at: subject}, set: {n: count}}\n", "4:28 E103"),
        ("  - tally: {of: visit, time: overlaps, set: {n: count}}\n", "4:30 E102"),
        ("  - tally: {of: visit, time: {holds: at}, set: {n: count}}\n", "4:30 E103"),
        ("  - tally: {of: visit, time: {before: at, holds: at}, set: {n: count}}\n", "4:30 E106"),
        ("  - tally: {of: visit, time: {in: at}, set: {n: count}}\n", "4:30 E103"),
        ("  - tally: {of: visit, set: {channel: count}}\n", "4:30 E101"),
        ("  - expand: {every: fortnight}\n", "4:21 E102"),
        ("  - expand: {every: month, of: [a]}\n", "4:13 E106"),
        ("  - expand: {each: doors}\n", "4:20 E102"),
        ("  - expand: {each: channel}\n", "4:20 E103"),
        ("  - sequence: {order: time, set: {n: ordinal}}\n", "4:23 E102"),
        ("  - sequence: {order: {at: sideways}, set: {n: ordinal}}\n", "4:23 E102"),
        ("  - sequence: {within: who, order: at, set: {n: ordinal}}\n", "4:24 E102"),
        ("  - sequence: {order: at, set: {n: backwards(minutes)}}\n", "4:36 E102"),
        ("  - sequence: {order: at, set: {n: minutes}}\n", "4:36 E102"),
        ("  - sequence: {order: at, set: {n: {is: 3}}}\n", "4:36 E103"),
        ("  - sequence: {order: at, set: {n: spaced(3)}}\n", "4:36 E103"),
        ("  - sequence: {order: at, set: {n: 'spaced(3 days, 4 days)'}}\n", "4:37 E103"),
        ("  - sequence: {order: at, set: {n: streak(minutes)}}\n", "4:36 E103"),
        ("  - sequence: {order: at, set: {n: streak(mins)}}\n", "4:43 E102"),
        ("  - sequence: {order: at, set: {n: consecutive(channel)}}\n", "4:36 E103"),
        ("  - sequence: {order: at, set: {n: gap + chanel}}\n", "4:42 E102"),
        ("  - sequence: {order: channel, set: {n: gap}}\n", "4:41 E103"),
        ("  - sequence: {order: at, since: year, set: {n: running(channel)}}\n", "4:49 E103"),
        ("  - sequence: {order: at, since: decade, set: {n: running(minutes)}}\n", "4:34 E102"),
        ("  - sequence: {order: channel, since: year, set: {n: running(minutes)}}\n", "4:39 E103"),
        ("  - sequence: {order: at, set: {n: running(minutes)}}\n", "4:32 E114"),
        ("  - allot: {of: visit, set: {n: count}}\n", "4:12 E102"),
        ("  - allot: {of: visit, open: [at, at], needed: minutes, set: {n: count}}\n", "4:48 E113"),
        ("  - allot: {of: visit, open: [at, at], needed: chanel, set: {n: count}}\n", "4:48 E102"),
    ],
)  # fmt: skip
def test_a_fault_of_a_step_is_told_where_it_stands(steps: str, expected: str) -> None:
    found = [
        line.removeprefix("rules/t.yaml:")
        for line in told(loaded({"rules/t.yaml": START + steps}))
        if "W210" not in line
    ]
    assert found == [expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("visits", "2:7 E102"),
        ("{form: visit, where: {chanel: home}}", "2:29 E102"),
        ("{each: houshold}", "2:14 E102"),
        ("{each: visit}", "2:14 E102"),
        ("{history: visit}", "2:17 E102"),
        ("[]", "2:7 E106"),
        ("[visit, metting]", "2:15 E102"),
    ],
)
def test_what_a_table_cannot_start_from_is_told(rows: str, expected: str) -> None:
    found = told(loaded({"rules/t.yaml": f"table: t\nfrom: {rows}\n"}))
    assert found == [f"rules/t.yaml:{expected}"]


def test_figures_and_series_need_an_instant_and_members_a_policy() -> None:
    steps = "  - per: channel\n  - figures: {least: 3}\n  - expand: {series: [3 days]}\n  - expand: {every: month}\n"
    assert told(loaded({"rules/t.yaml": START + steps})) == [
        "rules/t.yaml:5:5 E103",
        "rules/t.yaml:6:13 E103",
        "rules/t.yaml:7:13 E103",
    ]
    text = "table: t\nfrom: meeting\nsteps:\n  - expand: {each: excused}\n"
    assert told(loaded({"rules/t.yaml": text})) == ["rules/t.yaml:4:20 E113"]
    assert told(loaded({"rules/t.yaml": text + "    undecided: leave_out\n"})) == []


def test_tables_that_read_one_another_are_a_circle() -> None:
    files = {"rules/a.yaml": "table: a\nfrom: b\n", "rules/b.yaml": "table: b\nfrom: a\n"}
    assert [line.split()[-1] for line in told(loaded(files))] == ["E110"]


def test_a_faulty_table_starts_no_further_faults() -> None:
    files = {
        "rules/a.yaml": "table: a\nfrom: visit\nsteps:\n  - {wher: {}}\n",
        "rules/b.yaml": "table: b\nfrom: a\nsteps:\n  - set: {n: minutes + 1}\n",
    }
    assert told(loaded(files)) == ["rules/a.yaml:4:6 E102"]
