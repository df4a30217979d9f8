"""Flags on their page: who may look, what stands there and what never does, and that looking changes no figure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.core.registry import Registry
from app.domain.entry import Entry
from app.domain.kinds.flag import LOOKED_AT
from app.domain.plausibility import CHECKS, Check, Suspicion
from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.flags import MOST_BESIDE
from app.services.suspicions import suspicions
from tests.fakes.books import flags
from tests.fakes.working import DIRECTOR, FILES, LEADER, NOW, PLACE, Working, codes
from tests.services.declared import told

AT = NOW - timedelta(days=3)
SECRET = "想起去世的老伴就睡不着觉"
FLAGS: Mapping[str, str] = {
    **FILES,
    "forms/talk.yaml": """\
form: talk
title: {zh: 谈心, en: Talk, es: Charla}
about: household
fields:
  words: {title: {zh: 说了什么}, type: long_text, sensitive: true}
  where: {title: {zh: 地点}, type: choice, from: [home, office]}
""",
    "rules/same_words.yaml": """\
flag: same_words
title: {zh: 文字雷同, en: Same words, es: Mismo texto}
of: talk
check: cloned_text
with: {times: 2, letters: 10}
""",
    "rules/two_buildings.yaml": """\
flag: two_buildings
of: [visit, {form: talk, where: {where: home}}]
check: same_time
apart: [building]
""",
    "rules/rush.yaml": "flag: rush\nin_force: {until: 2026-01-01}\nof: visit\ncheck: late_entry\n",
}


def entry(name: str, form: str = "talk", by: str = "w-1", subject: str = "hh-1", **answers: Any) -> Entry:
    return Entry(name, PLACE, form, AT, by, AT, answers, subject)


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path, texts=FLAGS)
    await made.start()
    return made


async def put(working: Working, *entries: Entry) -> None:
    await working.store.ledger.append(list(entries), {"talk": frozenset({"words"})})


async def test_the_list_is_for_those_who_may_correct(working: Working) -> None:
    for act in (flags(working).flags(LEADER), flags(working).look(LEADER, "x", "fine", "so")):
        with pytest.raises(DeniedError) as fault:
            await act
        assert fault.value.code == "not_permitted"


async def test_the_same_words_stand_side_by_side_and_are_never_told(working: Working) -> None:
    await put(
        working,
        entry("one", words=SECRET),
        entry("two", subject="hh-2", words=f" {SECRET} "),
        entry("three", by="w-2", words=SECRET),
        entry("four", words="短"),
    )
    found = await flags(working).flags(DIRECTOR)
    (flag,) = found.rows
    assert ([row.id for row in flag.entries], flag.who, flag.title["en"]) == (
        ["one", "two"],
        "周敏",
        "Same words",
    )
    assert "2" in flag.words["en"]
    assert SECRET not in repr(found)
    assert (found.open, found.done) == (1, 0)


async def test_looking_is_an_entry_with_a_reason_and_the_last_word_counts(working: Working) -> None:
    await put(working, entry("one", words=SECRET), entry("two", subject="hh-2", words=SECRET))
    page = flags(working)
    (flag,) = (await page.flags(DIRECTOR)).rows
    with pytest.raises(ProblemError) as fault:
        await page.look(DIRECTOR, flag.id, "fine", "  ")
    assert codes(fault.value) == ["E701"]
    for key, verdict in ((flag.id, "bad"), ("0" * 32, "fine")):
        with pytest.raises(ProblemError) as fault:
            await page.look(DIRECTOR, key, verdict, "so")
        assert codes(fault.value) == ["E707"]
    await page.look(DIRECTOR, flag.id, "talk", "两户说的不会一样")
    stored = working.store.ledger.stored[-1].entry
    assert (stored.form, stored.by, stored.answers["flag"]) == (LOOKED_AT, "w-3", "same_words")
    assert (await page.flags(DIRECTOR)).rows == ()
    working.now += timedelta(minutes=1)
    await page.look(DIRECTOR, flag.id, "fine", "同一屋檐下")
    done = await page.flags(DIRECTOR, done=True)
    (looked,) = done.rows
    assert looked.looked is not None
    assert (looked.looked.verdict, looked.looked.reason) == ("fine", "同一屋檐下")
    assert (done.open, done.done, done.total) == (0, 1, 1)


async def test_a_correction_makes_another_flag_or_none(working: Working) -> None:
    await put(working, entry("one", words=SECRET), entry("two", subject="hh-2", words=SECRET))
    page = flags(working)
    assert len((await page.flags(DIRECTOR)).rows) == 1
    mended = Entry(
        "mended", PLACE, "talk", AT, "w-1", NOW, {"words": "一切都好，没有别的话"}, "hh-2", supersedes="two"
    )
    await put(working, mended)
    assert (await page.flags(DIRECTOR)).rows == ()


async def test_two_buildings_at_one_time_are_told_by_what_the_files_say(working: Working) -> None:
    at_home = {"where": "home"}
    await put(working, entry("a", **at_home), entry("b", subject="hh-2", **at_home))
    assert (await flags(working).flags(DIRECTOR)).rows == (), "two doors of one building"
    await put(working, entry("c", subject="hh-4", **at_home), entry("d", subject="hh-3", where="office"))
    (flag,) = (await flags(working).flags(DIRECTOR)).rows
    assert {row.id for row in flag.entries} == {"a", "b", "c"}


async def test_many_entries_are_counted_and_not_all_shown(working: Working) -> None:
    many = [entry(f"n{number:02}", words=SECRET, subject="hh-1") for number in range(MOST_BESIDE + 3)]
    await put(working, *many)
    (flag,) = (await flags(working).flags(DIRECTOR)).rows
    assert (len(flag.entries), flag.more) == (MOST_BESIDE, 3)


LATE = "flag: late\nof: report\ncheck: late_entry\n"
OWED = "---\nduty: owed\nfor_each: role leader\nevery: year\nmet_by: report\n"
REPORT = "- {form: report, id: r1, at: 2025-03-01, recorded_at: 2025-04-01, by: w1}\n"


def test_a_check_that_fails_or_is_not_there_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = told(LATE + OWED, REPORT)
    flag, day = made.regulation.flags["late"], made.as_of.date()
    known = {one.id: one for one in made.entries}
    assert [one.entries for one in suspicions(made.evaluation(), flag, known, day)] == [("r1",)]

    def fails(*_given: object) -> list[Suspicion]:
        raise RuntimeError

    broken: Registry[Check] = Registry("check")
    monkeypatch.setattr("app.services.suspicions.CHECKS", broken)
    assert suspicions(made.evaluation(), flag, known, day) == []
    broken.bring("x", [replace(CHECKS["late_entry"], finds=fails)])
    assert suspicions(made.evaluation(), flag, known, day) == []


def test_what_came_in_from_a_list_is_not_late() -> None:
    made = told(LATE + OWED, REPORT)
    known = {one.id: replace(one, source="import") for one in made.entries}
    assert suspicions(made.evaluation(), made.regulation.flags["late"], known, made.as_of.date()) == []
